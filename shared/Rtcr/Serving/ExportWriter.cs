// The section of exports: what the target has given to the outside, under the numbers by which others know it.
// Invariant: records stand in the order of their numbers, so the same state gives the same bytes.
using System.Text;
using Tern.Kernel;

namespace Tern.Rtcr;

/// <summary>Writes a target's exports.</summary>
internal sealed class ExportWriter
{
    private readonly ImageWriter _image;
    private readonly ExportTable _exports;
    private readonly CallRecord _call = new CallRecord();

    internal ExportWriter(ImageWriter image, Serving serving)
    {
        _image = image;
        _exports = serving.Exports;
    }

    /// <summary>Writes the section.</summary>
    internal void Write(Target target)
    {
        _image.BeginSection(Section.Exports, 0);
        _image.Byte((int)ExportKind.Free);
        _image.Int32(target.NextNumber);
        _image.UInt16(target.ClosesOrphans ? 1 : 0);
        int count = 1;
        for (int row = Next(target, 0); row >= 0; row = Next(target, _exports.Number[row]))
        {
            _image.Byte((int)_exports.Kind(row));
            _image.Int32(_exports.Number[row]);
            _image.UInt16(_exports.Entry[row]);
            WriteCall(row);
            count++;
        }

        _image.SetCount(Section.Exports, count);
    }

    /// <summary>A service's name, or a session's request, as the call that a root is asked with.</summary>
    private void WriteCall(int row)
    {
        bool isSession = _exports.Kind(row) == ExportKind.Session;
        if (!isSession && _exports.Kind(row) != ExportKind.Service)
        {
            return;
        }

        _image.Text(_exports.Service[row]);
        if (!isSession)
        {
            return;
        }

        _call.Session = -1;
        _call.Opcode = RootOperation.Create;
        _call.WordCount = ExportTable.ArgumentCount;
        _call.ObjectCount = 0;
        for (int i = 0; i < ExportTable.ArgumentCount; i++)
        {
            _call.Words[i] = _exports.Argument(row, i);
        }

        byte[] label = Encoding.UTF8.GetBytes(_exports.Label[row]);
        _call.SetLength(label.Length);
        System.Array.Copy(label, 0, _call.Bytes, 0, label.Length);
        _image.Call(_call);
    }

    /// <summary>The row with the next number. A session whose end its server has only to be told of is not the image's any more.</summary>
    private int Next(Target target, int number)
    {
        int found = -1;
        for (int row = 0; row < _exports.Capacity; row++)
        {
            bool isExported = _exports.Kind(row) != ExportKind.Free && _exports.TargetOf(row) == target
                && _exports.Number[row] > number;
            found = isExported && (found < 0 || _exports.Number[row] < _exports.Number[found]) ? row : found;
        }

        return found;
    }
}
