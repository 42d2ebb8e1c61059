// The thesis's configurations, as printed, under init: with stand-ins for the programs that they name.
using Tern.Kernel;

namespace Tern.Os.Tests;

[TestClass]
public class ListingsInitTests
{
    private const string Nas = """<start name="nas"><resource name="RAM" quantum="1M"/><route>"""
        + """<service name="Nic"> <child name="nic_router"/> </service><any-service> <parent/> <any-child/> </any-service>"""
        + """</route></start>""";

    private const string All = "<config>" + Listings.NicRouter + Listings.Manager + Listings.RtcrDummy + Nas + "</config>";

    [TestMethod]
    public void TheyStartWithTheQuotasThatTheySay()
    {
        InitBench bench = Bench();
        bench.Profile.BankSizes = new int[] { 64 * 1024 * 1024 };
        bench.Boot(All);

        bench.ExpectNot("Error");
        bench.ExpectNot("Warning");
        bench.Expect("[init -> nic_router] ram 33554432 caps 1000");
        bench.Expect("[init -> manager] ram 10485760 caps 100");
        bench.Expect("[init -> rtcr_dummy_1] ram 10485760 caps 100");
    }

    [TestMethod]
    public void EachFindsItsServers()
    {
        InitBench bench = Bench();
        bench.Profile.BankSizes = new int[] { 64 * 1024 * 1024 };
        bench.Boot(All);

        bench.Expect("[init -> nic_router] opened by manager");
        bench.Expect("[init -> nic_router] opened by rtcr_dummy_1");
        bench.Expect("[init -> nic_router] opened by nas");
        bench.Expect("[init -> manager] opened by rtcr_dummy_1");
        bench.Expect("[init -> manager] Nic ok");
        bench.Expect("[init -> rtcr_dummy_1] Nic ok");
        bench.Expect("[init -> rtcr_dummy_1] Manager ok");
        bench.Expect("[init -> nas] Manager ok");
    }

    [TestMethod]
    public void EachReadsItsConfigurationAsItIsWritten()
    {
        InitBench bench = Bench();
        bench.Profile.BankSizes = new int[] { 64 * 1024 * 1024 };
        bench.Boot(All);

        bench.Expect("[init -> manager] config " + Xml.Parse(Listings.Manager).Child("config").Raw.Length + " port 1024");
        bench.Expect("[init -> rtcr_dummy_1] config " + Xml.Parse(Listings.RtcrDummy).Child("config").Raw.Length + " port ");
        bench.Expect("[init -> nas] config 9 port ");
    }

    [TestMethod]
    public void EachAloneStartsToo()
    {
        Bench().Boot("<config>" + Listings.NicRouter + "</config>").Expect("[init -> nic_router] config");
        Bench().Boot("<config>" + Listings.Manager + "</config>").Expect("[init -> manager] config");
        Bench().Boot("<config>" + Listings.RtcrDummy + "</config>").Expect("[init -> rtcr_dummy_1] config");
    }

    [TestMethod]
    public void OnASmallBoardTheyGetWhatIsLeft()
    {
        InitBench bench = Bench().Boot("<config>" + Listings.Manager + "</config>");

        bench.Expect("""[init] Warning: start "manager" line 1, column 9: RAM exceeds what is left; proceeding with""");
        bench.Expect("[init -> manager] config");
    }

    private static InitBench Bench() => new InitBench()
        .With("nic_router", new Router()).With("manager", new Manager()).With("rtcr_dummy", new Client()).With("nas", new Client());

    private static void Introduce(Env env)
    {
        var quota = default(Quota);
        new PdSession(env, Selectors.Pd).ReadQuota(ref quota);
        string text = new RomSession(env, env.Connect("ROM", "config", 0, 0, 0)).ReadText(XmlLimits.Bytes, out Error _);
        env.Log("ram " + quota.RamQuota + " caps " + quota.CapQuota);
        env.Log("config " + Xml.Parse(text).Raw.Length + " port " + Xml.Parse(text).Attribute("port", ""));
    }

    private sealed class Router : Program
    {
        public override void Construct(Env env)
        {
            Introduce(env);
            env.Announce("Nic", 8);
            env.Announce("Uplink", 8);
        }

        public override Error OnOpen(Env env, int session, Message request)
        {
            env.Log("opened by " + request.Text);
            return Error.None;
        }
    }

    private sealed class Manager : Program
    {
        public override void Construct(Env env)
        {
            Introduce(env);
            env.Announce("Manager", 8);
            env.Open("Nic", "", 1);
        }

        public override Error OnOpen(Env env, int session, Message request)
        {
            env.Log("opened by " + request.Text);
            return Error.None;
        }

        public override void OnReply(Env env, int label, Error error, Message answer) => env.Log("Nic " + Errors.Name(error));
    }

    private sealed class Client : Program
    {
        public override void Construct(Env env)
        {
            Introduce(env);
            env.Open("Nic", "", 1);
            env.Open("Manager", "", 2);
        }

        public override void OnReply(Env env, int label, Error error, Message answer)
            => env.Log((label == 1 ? "Nic " : "Manager ") + Errors.Name(error));
    }
}
