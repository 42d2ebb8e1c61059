// Which programs the emulator's boot images contain: the only place where host code names programs of the shared layers.
using Tern.Cms;
using Tern.Components;
using Tern.Kernel;
using Tern.Os;

namespace Tern.HostEmulator;

/// <summary>The registry of programs: binary name to a fresh instance of its text.</summary>
public static class Programs
{
    private static readonly SortedDictionary<string, Func<Program>> Factories = new(StringComparer.Ordinal)
    {
        ["checkpoint_client"] = () => new CheckpointClient(),
        ["curve_follower"] = () => new CurveFollower(),
        ["flight_recorder"] = () => new FlightRecorder(),
        ["fpga_drv"] = () => new FpgaDriver(),
        ["init"] = () => new Init(),
        ["manager"] = () => new Manager(),
        ["nas"] = () => new Nas(),
        ["nic_drv"] = () => new NicDriver(),
        ["nic_router"] = () => new NicRouter(),
        ["odometer"] = () => new Odometer(),
        ["pattern_memory"] = () => new PatternMemory(),
        ["rtcr"] = () => new Rtcr.Rtcr(callsByItself: false),
        ["rtcr_dummy"] = () => new Rtcr.Rtcr(callsByItself: true),
        ["sheep_client"] = () => new SheepClient(),
        ["sheep_counter"] = () => new SheepCounter(),
        ["sheep_server"] = () => new SheepServer(),
        ["sleep_watcher"] = () => new SleepWatcher(),
        ["telemetry_receiver"] = () => new TelemetryReceiver(),
        ["telemetry_sender"] = () => new TelemetrySender(),
        ["wheel_speed"] = () => new WheelSpeed(),
    };

    /// <summary>The names that a configuration's <c>binary</c> may use.</summary>
    public static IReadOnlyCollection<string> Names => Factories.Keys;

    /// <summary>Makes a program.</summary>
    /// <returns>The program, or <c>null</c> when there is none of that name.</returns>
    public static Program? Make(string binary) => Factories.TryGetValue(binary, out Func<Program>? factory) ? factory() : null;
}
