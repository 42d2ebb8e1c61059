// How many sockets a bench's boards have, and need for what their configurations say of the checkpoint management. Of other
// components it is not known.
using System.Xml.Linq;

namespace Tern.HostEmulator;

/// <summary>Counts a bench's managers, NAS and RTCRs by the boards that they are on.</summary>
internal sealed class BenchSockets
{
    private readonly Bench _bench;
    private readonly List<Party> _parties = [];

    internal BenchSockets(Bench bench)
    {
        _bench = bench;
        foreach (BenchBoard board in bench.Boards)
        {
            foreach (XElement start in XElement.Parse(board.Config).Descendants("start"))
            {
                string binary = start.Element("binary")?.Attribute("name")?.Value ?? start.Attribute("name")?.Value ?? "";
                if ((binary is "manager" or "nas" or "rtcr" or "rtcr_dummy") && start.Element("config") is { } config)
                {
                    _parties.Add(new Party(board, binary, config));
                }
            }
        }
    }

    /// <summary>What a board has and needs, as words.</summary>
    internal string Describe(BenchBoard board)
    {
        if (board.Address.Address == 0)
        {
            return "";
        }

        int sockets = board.Sockets == 0 ? _bench.Network.MaxSockets : board.Sockets;
        int needed = _parties.Where(party => party.Board == board).Sum(NeedOf);
        return $", {Quantity.Count(sockets, "socket")}"
            + (needed == 0 ? "" : $" (needs {Invariant.Of(needed)}{(needed > sockets ? ": too few" : "")})");
    }

    private int NeedOf(Party party) => party.Binary switch
    {
        "manager" => SocketNeeds.OfManager(EcusOf(party).Count(ecu => ecu.Board != party.Board)),
        "nas" => SocketNeeds.OfNas(_parties.Where(other => other.Binary == "manager" && other.Board != party.Board && party.IsAt(other.Word("nas_ip")))
            .Sum(manager => EcusOf(manager).Count())),
        _ => _parties.Find(other => other.Binary == "manager" && other.Board != party.Board && other.IsAt(party.Word("manager_ip"))) is { } manager
            ? SocketNeeds.OfRtcr(EcusOf(manager).Count()) : 0,
    };

    private IEnumerable<Party> EcusOf(Party manager) => _parties.Where(party => party.IsRtcr && manager.IsAt(party.Word("manager_ip")));

    private sealed record Party(BenchBoard Board, string Binary, XElement Config)
    {
        internal bool IsRtcr => Binary is "rtcr" or "rtcr_dummy";

        /// <summary>Whether others reach it by an address: its own, or that of its board, which forwards it.</summary>
        internal bool IsAt(string address) => address.Length > 0
            && (address == NetworkAddress.Format(Board.Address.Address) || Config.Descendants("lwip").Any(lwip => lwip.Attribute("ip_addr")?.Value == address));

        internal string Word(string attribute) => Config.Attribute(attribute)?.Value ?? "";
    }
}
