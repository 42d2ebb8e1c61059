// Donations at any time, to a server that may end at any time: afterwards everybody has what he had.
using System;
using FsCheck;
using FsCheck.Fluent;

namespace Tern.Os.Tests;

public partial class UpgradeTests
{
    [TestMethod]
    public void WheneverClientsDonateAndServersEndEverythingReturnsToTheByte()
        => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Run(seed)));

    private static void Run(int seed)
    {
        var random = new Random(seed);
        int end = random.Next(0, 16);
        bool ends = random.Next(3) > 0 && end > 0;
        string kind = random.Next(2) == 0 ? "exits" : "faults";
        string server = "<start name=\"server\"" + (random.Next(2) == 0 ? " restart=\"yes\"" : "")
            + "><provides><service name=\"S\"/></provides><config " + (ends ? kind + "=\"" + end + "\"" : "") + "/></start>";
        string clients = "";
        for (int i = 0; i < 4; i++)
        {
            int after = random.Next(2) == 0 ? 0 : random.Next(8);
            clients += "<start name=\"client" + i + "\"><binary name=\"client\"/><config after=\"" + after + "\" ram=\"" + random.Next(9000) + "\" caps=\"" + random.Next(9)
                + "\" more-ram=\"" + random.Next(9000) + "\" more-caps=\"" + random.Next(9) + "\" close=\"" + random.Next(after + 1, 16) + "\"/></start>";
        }

        InitBench bench = random.Next(2) == 0 ? Start(server, clients) : Start(clients, server);
        bench.Run(19);
        bench.Run(2);

        Assert.AreEqual(4, bench.CountLogged("closed: "), bench.Log());
        for (int i = 0; i < 4; i++)
        {
            bench.Expect("[init -> client" + i + "] in the end 32768/100.");
        }

        if (!ends)
        {
            bench.Expect("[init -> server] in the end 32768/100.");
        }

        bench.ExpectNot("has used up");
    }
}
