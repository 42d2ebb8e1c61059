// The section of exports, read back before the target's objects are made: rows that are here are joined to the entries that
// will be; what is not here is made.
// Invariants: nothing is believed unchecked; a row that belongs to another living target is never touched.
using System.Text;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Loads a target's exports.</summary>
internal sealed class ExportLoader
{
    private readonly ImageReader _image;
    private readonly Serving _serving;
    private readonly ExportTable _exports;
    private readonly CallRecord _call = new CallRecord();
    private bool _wasHere;

    internal ExportLoader(ImageReader image, Serving serving)
    {
        _image = image;
        _serving = serving;
        _exports = serving.Exports;
    }

    /// <summary>Loads the section.</summary>
    /// <param name="target">The target, whose identity and entries have been read.</param>
    internal Error Load(Target target)
    {
        _wasHere = Owns(target.Name);
        _image.BeginSection(Section.Exports, target.Storage.Capacity + 1);
        int count = _image.Count;
        _image.Check(count > 0 && _image.Byte() == (int)ExportKind.Free);
        target.NextNumber = _image.Int32();
        int flags = _image.UInt16();
        target.ClosesOrphans = flags == 1;
        _image.Check(target.NextNumber > 0 && target.NextNumber < int.MaxValue && flags <= 1);
        Error error = Error.None;
        int last = 0;
        for (int i = 1; i < count && !_image.IsBad && error == Error.None; i++)
        {
            var kind = (ExportKind)_image.Byte();
            int number = _image.Int32();
            int entry = _image.Entry();
            _image.Check(kind >= ExportKind.Service && kind <= ExportKind.Shared && number > last && number < target.NextNumber);
            _image.Check(target.Storage.Has(entry) && target.Storage.Kind(entry) != ObjectKind.Foreign
                && _exports.Find(target, entry) < 0);
            last = number;
            error = _image.IsBad ? Error.BadData : LoadExport(target, kind, number, entry);
        }

        return error == Error.None ? _image.Verdict : error;
    }

    /// <summary>Whether the client of an export of the target that is being restored waits here for what it asked.</summary>
    internal bool HasClient(int row)
        => _exports.Kind(row) == ExportKind.Session ? _exports.HasClient[row] : _wasHere;

    private bool Owns(string name)
    {
        bool owns = false;
        for (int row = 0; row < _exports.Capacity; row++)
        {
            owns |= _exports.Kind(row) != ExportKind.Free && _exports.Owner[row] == name && _exports.WasBound(row);
        }

        return owns;
    }

    private Error LoadExport(Target target, ExportKind kind, int number, int entry)
    {
        string service = kind == ExportKind.Service || kind == ExportKind.Session ? _image.Text() : "";
        if (kind == ExportKind.Session)
        {
            _image.Call(_call);
            _image.Check(_call.WordCount == ExportTable.ArgumentCount && _call.ObjectCount == 0 && _call.Session < 0);
        }

        _image.Check(kind != ExportKind.Service || service.Length > 0);
        if (_image.IsBad)
        {
            return Error.BadData;
        }

        int row = kind == ExportKind.Service ? _exports.FindService(target.Name, service) : _exports.Find(target.Name, number);
        bool isHere = row >= 0 && _exports.Kind(row) == kind;
        Error error = Error.None;
        if (!isHere)
        {
            error = kind == ExportKind.Service
                ? _serving.AddService(target.Name, service, out row)
                : Add(target, kind, number, service, out row);
        }

        // Twice the same number, or service, is no image of ours.
        if (error != Error.None || _exports.TargetOf(row) != null)
        {
            return error == Error.None ? Error.BadData : error;
        }

        _exports.Number[row] = number;
        _exports.Bind(row, target, entry);
        return Error.None;
    }

    private Error Add(Target target, ExportKind kind, int number, string service, out int row)
    {
        row = _exports.Add(kind, target.Name, number, out Error error);
        if (row < 0 || kind != ExportKind.Session)
        {
            return error;
        }

        // Nobody has it: an orphan, unless its client closed it here or orphans are not kept.
        _exports.Unwrap(row);
        _exports.Service[row] = service;
        _exports.Label[row] = Encoding.UTF8.GetString(_call.Bytes, 0, _call.Length);
        _exports.SetState(row, _wasHere || target.ClosesOrphans ? ExportState.Ended : ExportState.Known);
        for (int i = 0; i < ExportTable.ArgumentCount; i++)
        {
            _exports.SetArgument(row, i, _call.Words[i]);
        }

        return Error.None;
    }
}
