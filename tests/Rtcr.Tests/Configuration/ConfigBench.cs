// RTCR's configuration, read in a handler of a board's, since complaints are logged.
using System.Text;
using Tern.Rtcr;

namespace Tern.Tests;

/// <summary>A board on which configurations of RTCR are read.</summary>
internal sealed class ConfigBench
{
    private readonly RtcrBench _bench = new RtcrBench(new TestBoard(), false).Boot();

    /// <summary>The board, with what was complained about in its log.</summary>
    internal TestBoard Board => _bench.Board;

    /// <summary>How many complaints there are.</summary>
    internal int Errors => Board.CountLogged("Error: config ");

    /// <summary>Everything that was logged.</summary>
    internal string Log
    {
        get
        {
            string log = "";
            for (int i = 0; i < Board.Lines.Count; i++)
            {
                log += (string)Board.Lines[i]! + "\n";
            }

            return log;
        }
    }

    /// <summary>Reads a configuration.</summary>
    internal RtcrConfig Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <summary>Reads a configuration that need not be text. What was logged before is forgotten.</summary>
    internal RtcrConfig Read(byte[] text) => Read(text, new RtcrConfig());

    /// <summary>Reads the configuration of an RTCR with a ceiling of priorities.</summary>
    internal RtcrConfig Read(string text, int mostUrgent) => Read(Encoding.UTF8.GetBytes(text), new RtcrConfig { MostUrgent = mostUrgent });

    private RtcrConfig Read(byte[] text, RtcrConfig config)
    {
        Board.Lines.Clear();
        _bench.Do(env =>
        {
            var reader = new Tern.Os.ConfigReader(env, "config");
            config.Read(reader.Parse(text), reader);
        });
        return config;
    }
}
