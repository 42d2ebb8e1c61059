// Claims about errors, in words.
using Tern.Kernel;

namespace Tern.Tests;

/// <summary>Claims that name the error they found.</summary>
public static class Expect
{
    public static void Ok(Error error) => Assert.AreEqual("ok", Errors.Name(error));

    public static void Error(Error expected, Error actual) => Assert.AreEqual(Errors.Name(expected), Errors.Name(actual));

    /// <summary>The kernel finds all its invariants held.</summary>
    public static void Sound(Microkernel kernel)
    {
        string? broken = kernel.Audit();
        Assert.IsTrue(broken == null, broken == null ? "" : broken);
    }
}
