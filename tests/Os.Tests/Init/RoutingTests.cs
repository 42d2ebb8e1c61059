// Where session requests go, and what their servers see of them.
namespace Tern.Os.Tests;

[TestClass]
public class RoutingTests
{
    private const string Server = "<start name=\"server\"><binary name=\"actor\"/><provides><service name=\"S\"/></provides>"
        + "<config><announce name=\"S\"/></config></start>";

    [TestMethod]
    public void ASiblingsSessionIsOpenedUnderTheClientsName()
    {
        InitBench bench = new InitBench().Start(Server
            + "<start name=\"client\"><binary name=\"actor\"/><config><open name=\"S\" label=\"x\"/></config></start>");

        bench.Expect("[init -> server] opened by client -> x, argument 0");
        bench.Expect("[init -> client] open S: ok");
        bench.Expect("[init -> client] answer 42: ok");
    }

    [TestMethod]
    public void ACallForASiblingsSessionIsToldToSend()
    {
        InitBench bench = new InitBench().Start(Server
            + "<start name=\"client\"><binary name=\"actor\"/><config><call name=\"S\"/></config></start>");

        bench.Expect("[init -> client] call S: not callable: must be sent");
        bench.ExpectNot("opened by");
    }

    [TestMethod]
    public void CoresSessionIsThereAtOnceForCallAndSend()
    {
        InitBench bench = new InitBench().Start(
            "<start name=\"client\"><binary name=\"actor\"/><config><call name=\"Timer\" close=\"yes\"/><open name=\"RM\" close=\"yes\"/></config></start>");

        bench.Expect("[init -> client] call Timer: ok");
        bench.Expect("[init -> client] open RM: ok");
        Assert.AreEqual(2, bench.CountLogged("[init -> client] close: ok"));
    }

    [TestMethod]
    public void ARequestWaitsUntilItsServerAnnounces()
    {
        InitBench bench = new InitBench().Start(
            "<start name=\"client\"><binary name=\"actor\"/><config><open name=\"S\"/></config></start>"
            + "<start name=\"server\"><binary name=\"actor\"/><provides><service name=\"S\"/></provides>"
            + "<config after=\"5\"><announce name=\"S\"/></config></start>");

        bench.ExpectNot("open S");
        bench.Run(6);
        bench.Expect("[init -> client] answer 42: ok");
    }
}
