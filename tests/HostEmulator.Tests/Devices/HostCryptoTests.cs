// Checksums and codes against published values.
using System.Text;

namespace Tern.HostEmulator.Tests;

[TestClass]
public sealed class HostCryptoTests
{
    [TestMethod]
    public void CrcOfTheCheckStringIsThePublishedOne()
    {
        using var crypto = new HostCrypto();
        byte[] check = Encoding.ASCII.GetBytes("x123456789x");
        Assert.AreEqual(unchecked((int)0xCBF43926), crypto.Crc32(0, check, 1, 9));
    }

    [TestMethod]
    public void CrcContinuesOverPieces()
    {
        using var crypto = new HostCrypto();
        byte[] data = StreamTests.Pattern(1000, 3);
        int whole = crypto.Crc32(0, data, 0, 1000);
        for (int cut = 0; cut <= 1000; cut += 13)
        {
            Assert.AreEqual(whole, crypto.Crc32(crypto.Crc32(0, data, 0, cut), data, cut, 1000 - cut));
        }
    }

    [TestMethod]
    public void CrcOfAnyPieceIsWhatTheDefinitionSaysBitByBit()
    {
        using var crypto = new HostCrypto();
        byte[] data = StreamTests.Pattern(700, 5);
        for (int length = 0; length <= 600; length++)
        {
            int offset = length % 37;
            int before = length * 0x01234567;
            Assert.AreEqual(BitByBit(before, data, offset, length), crypto.Crc32(before, data, offset, length), $"{length} bytes from {offset}");
        }
    }

    [TestMethod]
    public void TheCodeIsHmacSha256()
    {
        // RFC 4231, test case 2
        using var crypto = new HostCrypto();
        crypto.SetKey(5, Encoding.ASCII.GetBytes("Jefe"));
        byte[] text = Encoding.ASCII.GetBytes("what do ya want for nothing?");
        byte[] code = new byte[34];
        Assert.IsTrue(crypto.BeginMac(5));
        crypto.UpdateMac(text, 0, 10);
        Assert.IsTrue(crypto.BeginMac(5), "beginning again abandons the first");
        crypto.UpdateMac(text, 0, 10);
        crypto.UpdateMac(text, 10, text.Length - 10);
        crypto.EndMac(code, 1);
        Assert.AreEqual("5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843", Convert.ToHexString(code, 1, 32));
        Assert.AreEqual(0, code[0] + code[33]);
    }

    [TestMethod]
    public void AKeyThatTheBoardDoesNotOwnIsRefused()
    {
        using var crypto = new HostCrypto();
        Assert.IsFalse(crypto.BeginMac(99));
        Assert.IsTrue(crypto.BeginMac(HostCrypto.CheckpointKey));
    }

    [TestMethod]
    public void BoardsOfABenchShareTheCheckpointKeyAndOtherBenchesDoNot()
    {
        Assert.AreEqual(CodeOf("a"), CodeOf("a"));
        Assert.AreNotEqual(CodeOf("a"), CodeOf("b"));
    }

    private static int BitByBit(int crc, byte[] data, int offset, int length)
    {
        uint value = ~(uint)crc;
        for (int i = offset; i < offset + length; i++)
        {
            value ^= data[i];
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            }
        }

        return (int)~value;
    }

    private static string CodeOf(string bench)
    {
        using var crypto = new HostCrypto(bench);
        byte[] code = new byte[32];
        crypto.BeginMac(HostCrypto.CheckpointKey);
        crypto.EndMac(code, 0);
        return Convert.ToHexString(code);
    }
}
