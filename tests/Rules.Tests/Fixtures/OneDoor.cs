// So that Debug's calls are compiled in a release build too.
#define DEBUG

using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace Tern.Rules.Tests.Fixtures;

internal static class OneDoor
{
    [Refused("Now")]
    private static class Clock
    {
        public static long Now() => DateTime.UtcNow.Ticks;
    }

    [Refused("Now")]
    private static class Stopwatches
    {
        public static long Now() => Stopwatch.GetTimestamp();
    }

    [Refused("Now")]
    private static class Ticks
    {
        public static long Now() => Environment.TickCount64;
    }

    [Refused("Start")]
    private static class Threads
    {
        public static void Start() => new Thread(() => { }).Start();
    }

    [Refused("Start")]
    private static class Tasks
    {
        public static Task Start() => Task.CompletedTask;
    }

    [Refused("_random")]
    private sealed class RandomNumbers
    {
        private readonly Random _random = new(1);

        public int Next() => _random.Next();
    }

    [Refused("Next")]
    private static class RandomBytes
    {
        public static void Next(byte[] bytes) => RandomNumberGenerator.Fill(bytes);
    }

    [Refused("Next")]
    private static class Guids
    {
        public static string Next() => Guid.NewGuid().ToString();
    }

    [Refused("_socket")]
    private sealed class Network
    {
        private readonly Socket? _socket = null;

        public bool None => _socket == null;
    }

    [Refused("Read")]
    private static class Files
    {
        public static byte[] Read(string path) => File.ReadAllBytes(path);
    }

    [Refused("Write")]
    private static class Print
    {
        public static void Write(string text) => Console.WriteLine(text);
    }

    [Refused("Write")]
    private static class DebugPrint
    {
        public static void Write(string text) => Debug.WriteLine(text);
    }

    [Refused("getpid")]
    private static class Native
    {
        [DllImport("libc")]
        public static extern int getpid();
    }

    [Accepted]
    private sealed class Inside
    {
        private readonly object _gate = new();
        private int _count;

        public int Next(TimeSpan time)
        {
            Debug.Assert(time.Ticks > 0, "time goes on");
            lock (_gate)
            {
                return Interlocked.Increment(ref _count);
            }
        }
    }
}
