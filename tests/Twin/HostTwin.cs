// MSTest under the names of nanoFramework.TestFramework, so that a test file compiles for both without naming either.
global using Microsoft.VisualStudio.TestTools.UnitTesting;
global using CleanupAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.TestCleanupAttribute;
global using SetupAttribute = Microsoft.VisualStudio.TestTools.UnitTesting.TestInitializeAttribute;
global using Tern.Twin;

using System;

[assembly: Parallelize(Scope = ExecutionScope.ClassLevel)]

namespace Tern.Twin;

/// <summary>What nanoFramework's <c>Assert</c> has and MSTest's spells differently.</summary>
internal static class AssertTwin
{
    extension(Assert)
    {
        /// <summary>Passes if <paramref name="action"/> throws exactly this type of exception.</summary>
        public static void ThrowsException(Type exception, Action action, string message = "")
        {
            try
            {
                action();
            }
            catch (Exception thrown) when (thrown.GetType() == exception)
            {
                return;
            }
            catch (Exception thrown)
            {
                Assert.Fail($"expected {exception.Name}, got {thrown}. {message}");
            }

            Assert.Fail($"expected {exception.Name}, and nothing was thrown. {message}");
        }

        /// <summary>Ends the test as skipped.</summary>
        public static void SkipTest(string? message = null) => Assert.Inconclusive(message ?? "");
    }
}
