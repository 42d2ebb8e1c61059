// The reference stubs tell the truth: what they declare, nanoFramework has. Its published API stands in NanoApi/.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Tern.Rules.Tests;

[TestClass]
public class NanoReferenceTests
{
    [TestMethod]
    [DataRow("System.Math")]
    [DataRow("mscorlib")]
    [DataRow("nanoFramework.System.Collections")]
    [DataRow("nanoFramework.System.Text")]
    [DataRow("nanoFramework.TestFramework")]
    public void A_stub_declares_only_what_nanoFramework_has(string library)
    {
        string[] invented = [.. Declared(Compiled.Nano(library)).Except(Published(library))];
        Assert.IsEmpty(invented, $"not in {library}: {string.Join(Environment.NewLine, invented)}");
    }

    [TestMethod]
    public void An_invented_member_is_found()
    {
        string[] published = [.. Published("mscorlib")];
        CollectionAssert.Contains(published, "System.Int32 System.String::get_Length()");
        CollectionAssert.DoesNotContain(published, "System.String System.String::Join(System.String,System.String[])");
        CollectionAssert.DoesNotContain(published, "System.AttributeTargets System.AttributeTargets::Class = 5");
    }

    private static IEnumerable<string> Published(string library)
    {
        using var stream = typeof(NanoReferenceTests).Assembly.GetManifestResourceStream(library + ".txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Declared(Compiled stub)
    {
        foreach (var type in stub.Types.Where(type => type.IsPublic || type.IsNestedPublic))
        {
            yield return type.FullName;
            foreach (var field in type.Fields.Where(field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName))
            {
                yield return field.Constant is { } value and not (float or double or char or string) ? $"{field.FullName} = {value}" : field.FullName;
            }

            bool isDelegate = type.BaseType?.FullName == "System.MulticastDelegate";
            foreach (var method in type.Methods.Where(method => (method.IsPublic || method.IsFamily) && (!isDelegate || method.Name == "Invoke")))
            {
                yield return method.FullName;
            }
        }
    }
}
