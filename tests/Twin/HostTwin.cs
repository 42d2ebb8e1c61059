// MSTest under the names of nanoFramework.TestFramework, so that a test file compiles for both without naming either.
global using Microsoft.VisualStudio.TestTools.UnitTesting;
global using CleanupAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.TestCleanupAttribute;
global using SetupAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.TestInitializeAttribute;

[assembly: Parallelize(Scope = ExecutionScope.ClassLevel)]
