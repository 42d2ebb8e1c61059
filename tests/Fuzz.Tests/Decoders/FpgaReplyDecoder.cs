// What a co-processor answers, whatever it is: the driver neither faults nor hangs, and each job of its client ends once, in order.
// An input is a conversation: for each selection what becomes of the reply, its header without what only the driver can know (the sequence
// number) or what makes it whole (lead and checksum), and as many bytes of payload as it says. After its end nobody drives MISO.
using System.Buffers.Binary;
using Tern.Fpga;
using Tern.Kernel;
using Tern.Os;
using Tern.Os.Tests;

namespace Tern.Fuzz.Tests;

internal sealed class FpgaReplyDecoder : Decoder
{
    private const int Header = FpgaReply.Payload - FpgaReply.Status + 1;

    internal override string Name => "fpga-reply";

    internal override int Inputs => 60;

    internal override int MostBytes => 32 * 1024;

    internal override IReadOnlyList<byte[]> Samples { get; } = [Sample()];

    internal override IReadOnlyList<byte[]> Tokens { get; } =
    [
        Chunk(1, FpgaStatus.Pending, 0, FpgaFlag.Introduced, 0), Chunk(0, 0, FpgaLink.Busy, FpgaFlag.Introduced, 0),
        Chunk(1, FpgaStatus.NotIntroduced, 0, 0, 0), Chunk(1, FpgaStatus.QueueFull, 0, FpgaFlag.Introduced, 0),
        Chunk(3, 0, 0, FpgaFlag.Introduced | FpgaFlag.Interrupt, 7), Chunk(1, FpgaStatus.ReadError, 0, FpgaFlag.Introduced, 2),
        Chunk(1, FpgaStatus.UnknownJob, 0, FpgaFlag.Introduced | FpgaFlag.BufferBusy, 2), Chunk(5, 0, FpgaLink.BadCrc, FpgaFlag.Introduced, 1),
    ];

    internal override void Take(byte[] input)
    {
        var bench = new EngineBench();
        bench.Board.Spi = new Conversation(input, bench);
        int submitted = Talk(bench, 1);
        bench.Board.Run(1500);
        bench.Board.ExpectNot("faulted");
        bench.Do(bench.A, bench.A.Collect);
        string[] jobs = bench.A.Collected.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int number = 0;
        foreach (string job in jobs.Where(part => part.Contains(':', StringComparison.Ordinal)))
        {
            Assert.AreEqual(++number, int.Parse(job[..job.IndexOf(':', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture), bench.A.Collected);
        }

        Assert.AreEqual(submitted, number, "jobs that never ended: " + bench.A.Collected + "\n" + bench.Board.Log());
    }

    /// <summary>A client that does a bit of everything.</summary>
    /// <returns>How many jobs it could submit.</returns>
    private static int Talk(EngineBench bench, int rounds)
    {
        bench.Boot();
        Composer[] requests =
        [
            session => session.Buffer(bench.A.BufferDataspace), session => session.Sigh(bench.A.Signal), session => session.Write(0, 0, 5000),
            session => session.Copy(0, 8192, 4096), session => session.Read(8192, 0, 200), session => session.Fill(5, 0, 64), session => session.Crc(0, 64),
            session => session.Compare(0, 8192, 100), session => session.Intercept(0, 0, 16384, 4096, 8), session => session.DirtyClear(0, 0, 8),
            session => session.DirtyRead(0, 0, true, 8, 0), session => session.Bank(32768, 4096), session => session.Cancel(),
        ];
        int submitted = 0;
        for (int i = 0; i < rounds * requests.Length; i++)
        {
            bool good = bench.Ask(bench.A, requests[i % requests.Length]) == Error.None;
            submitted += good && bench.A.Words[0] > submitted ? 1 : 0;
        }

        return submitted;
    }

    private static byte[] Sample()
    {
        var bench = new EngineBench();
        var recorder = new Recorder(bench.Fpga);
        bench.Board.Spi = recorder;
        Talk(bench, 1);
        return [.. recorder.Replies];
    }

    private static byte[] Chunk(byte control, byte status, byte link, int flags, byte interrupts)
    {
        var chunk = new byte[Header];
        chunk[0] = control;
        chunk[1 + FpgaReply.Status - FpgaReply.Status] = status;
        chunk[1 + FpgaReply.Link - FpgaReply.Status] = link;
        chunk[1 + FpgaReply.Flags - FpgaReply.Status] = (byte)flags;
        chunk[1 + FpgaReply.Interrupts - FpgaReply.Status] = interrupts;
        return chunk;
    }

    /// <summary>Notes what a sound co-processor answers.</summary>
    private sealed class Recorder(FakeFpga fpga) : ISpiBus
    {
        private byte _sent;

        internal List<byte> Replies { get; } = [];

        public int Find(string name) => fpga.Find(name);

        public int ClockHz(int device) => fpga.ClockHz(device);

        public int LongestTransfer(int device) => fpga.LongestTransfer(device);

        public bool Transfer(int device, byte[] output, int outAt, byte[] input, int inAt, int length)
        {
            fpga.Transfer(device, output, outAt, input, inAt, length);
            bool answers = input[inAt + FpgaReply.Sequence] == _sent;
            Replies.Add((byte)(answers ? 1 : 0));
            int payload = BinaryPrimitives.ReadUInt16LittleEndian(input.AsSpan(inAt + FpgaReply.Length));
            Replies.AddRange(input.AsSpan(inAt + FpgaReply.Status, Header - 1 + Math.Min(payload, length - 20)));
            _sent = output[outAt] == FpgaCommand.Poll ? _sent : output[outAt + FpgaRequest.Sequence];
            return true;
        }
    }

    /// <summary>Answers as an input says.</summary>
    private sealed class Conversation(byte[] script, EngineBench bench) : ISpiBus
    {
        private readonly byte[] _reply = new byte[FpgaReply.Payload + 65536 + 4];
        private int _at;
        private byte _sent;

        public int Find(string name) => 0;

        public int ClockHz(int device) => 26_000_000;

        public int LongestTransfer(int device) => 16 + 4096 + 4;

        public bool Transfer(int device, byte[] output, int outAt, byte[] input, int inAt, int length)
        {
            byte sent = output[outAt] == FpgaCommand.Poll ? _sent : output[outAt + FpgaRequest.Sequence];
            byte control = Next(length);
            for (int i = 0; i < length; i++)
            {
                input[inAt + i] = _at > script.Length ? (byte)0xff : _reply[i];
            }

            _sent = sent;
            if ((control & 2) != 0)
            {
                bench.Board.Board.Raise(3);
            }

            return (control & 8) == 0;
        }

        private byte Next(int length)
        {
            Array.Clear(_reply);
            if (_at + Header > script.Length)
            {
                _at = script.Length + 1;
                return 0;
            }

            byte control = script[_at++];
            _reply[0] = FpgaLead.First;
            _reply[1] = FpgaLead.Second;
            _reply[FpgaReply.Sequence] = (byte)(_sent + ((control & 1) == 0 ? (control >> 4) - 1 : 0));
            script.AsSpan(_at, Header - 1).CopyTo(_reply.AsSpan(FpgaReply.Status));
            _at += Header - 1;
            int said = BinaryPrimitives.ReadUInt16LittleEndian(_reply.AsSpan(FpgaReply.Length));
            int payload = Math.Min(Math.Min(said, script.Length - _at), Math.Max(0, length - 20));
            script.AsSpan(_at, payload).CopyTo(_reply.AsSpan(FpgaReply.Payload));
            _at += payload;
            int crc = Tern.Cms.Crc32.Compute(0, _reply, FpgaReply.Sequence, FpgaReply.Payload - FpgaReply.Sequence + said);
            BinaryPrimitives.WriteInt32LittleEndian(_reply.AsSpan(FpgaReply.Payload + said), (control & 4) != 0 ? crc + 1 : crc);
            return control;
        }
    }
}
