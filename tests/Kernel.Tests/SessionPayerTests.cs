// Who pays for a session of core: the protection domain that the request names, and nobody in its place.
using Tern.Kernel;

namespace Tern.Tests;

[TestClass]
public class SessionPayerTests
{
    [TestMethod]
    public void ARequestWithoutAPayerIsRefused()
    {
        TestBoard board = new TestBoard().With("init", new Debtor());
        var kernel = new Microkernel(board);
        kernel.Boot();
        Drive.Settle(kernel);

        Assert.IsTrue(board.Logged("[init] none: invalid capability"));
        Assert.IsTrue(board.Logged("[init] LOG: invalid capability"));
        Assert.IsTrue(board.Logged("[init] PD: ok"));
    }

    private sealed class Debtor : Program
    {
        public override void Construct(Env env)
        {
            Ask(env, "none", Selectors.Invalid);
            Ask(env, "LOG", Selectors.Log);
            Ask(env, "PD", Selectors.Pd);
        }

        private static void Ask(Env env, string what, int payer)
        {
            Message request = env.Compose(ParentOperation.Session).Add(5).AddText("Timer");
            if (payer != Selectors.Invalid)
            {
                request.AddCapability(payer);
            }

            Error error = env.Call(Selectors.Parent, request);
            env.Log(what + ": " + Errors.Name(error));
        }
    }
}
