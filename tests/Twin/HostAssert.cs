// What nanoFramework's Assert has and MSTest's spells differently.
using System;

namespace Tern;

internal static class HostAssert
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
