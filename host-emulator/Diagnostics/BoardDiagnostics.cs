// Hears what the programs of one board do wrong, remembers what explains it later, and has it said.
using Tern.Kernel;

namespace Tern.HostEmulator;

internal sealed class BoardDiagnostics : IDiagnostics
{
    private readonly VirtualBoard _board;
    private readonly Complaints _complaints;
    private readonly RefusalText _text;
    private readonly Dictionary<(string Component, int ReplyLabel), string> _openings = [];
    private readonly Dictionary<(string Component, int Selector), string> _dropped = [];
    private readonly Dictionary<string, (Refusal Refusal, long Time)> _allocations = new(StringComparer.Ordinal);

    internal BoardDiagnostics(VirtualBoard board, string config, Complaints complaints)
    {
        _board = board;
        _complaints = complaints;
        _text = new RefusalText(new ServiceNames(config));
        board.PoweredOn += () =>
        {
            _openings.Clear();
            _dropped.Clear();
            _allocations.Clear();
        };
    }

    public void Refused(in Refusal refusal)
    {
        ProgramPlace place = refusal.Place;
        if (refusal.Kind == RefusalKind.Allocate)
        {
            _allocations[place.Component] = (refusal, _board.Now);
        }

        // The system's own programs try things and go on; what they log themselves is meant for people.
        if (place.IsPinned)
        {
            return;
        }

        Refusal said = refusal;
        string opening = refusal.Kind == RefusalKind.Answer ? _openings.GetValueOrDefault((place.Component, refusal.Argument), "") : "";
        string key = $"{refusal.Kind} {refusal.Error} {refusal.Asked} {refusal.Name} {refusal.Opcode} {KeyOf(refusal)} {opening}";
        _complaints.Say(_board.Name, place.Component, LogLevel.Debug, counts: true, key, () =>
            _text.Of(said, opening, _dropped.GetValueOrDefault((said.Place.Component, said.Argument), "")));
    }

    public void Failed(in HandlerFailure failure)
    {
        if (failure.Exception is ThreadAbortException)
        {
            // The watchdog ends the run, and no handler: nobody is to go on with what is left of the kernel.
            throw new OperationCanceledException();
        }

        string component = failure.Place.Component;
        (Refusal, long)? allocation = _allocations.TryGetValue(component, out (Refusal, long) failed) ? failed : null;
        string text = FailureText.Of(failure, allocation, _board.Profile.HandlerBudgetNanoseconds);
        _complaints.Say(_board.Name, component, LogLevel.Error, counts: true, text, () => text);
        _allocations.Remove(component);
    }

    public void Opening(string component, string service, int replyLabel) => _openings[(component, replyLabel)] = service;

    public void Dropped(ProgramPlace place, int selector) => _dropped[(place.Component, selector)] = HandlerText.Of(place);

    // What differs from one time to the next, such as a growing size, does not make another complaint.
    private static string KeyOf(in Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Allocate => "",
        RefusalKind.Operation when refusal.Name == "Reply" => "",
        RefusalKind.Unhandled => HandlerText.Of(refusal.Place),
        _ => Invariant.Of(refusal.Argument),
    };
}
