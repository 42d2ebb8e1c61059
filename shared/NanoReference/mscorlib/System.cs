// Reference stub of nanoFramework's mscorlib: signatures only, so that the compiler knows what a board has.
// A member stands here only if nanoFramework has it (Rules.Tests compares them with its published API).

using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace System;

public delegate void Action();

public class ArgumentException : SystemException
{
    public override extern string Message { get; }
    public virtual extern string ParamName { get; }
    public extern ArgumentException();
    public extern ArgumentException(string message);
    public extern ArgumentException(string message, Exception innerException);
    public extern ArgumentException(string message, string paramName);
    public extern ArgumentException(string message, string paramName, Exception innerException);
    public static extern void ThrowIfNullOrEmpty(string argument, string paramName = null);
}

public class ArgumentNullException : ArgumentException
{
    public extern ArgumentNullException();
    public extern ArgumentNullException(string paramName);
    public extern ArgumentNullException(string message, Exception innerException);
    public extern ArgumentNullException(string paramName, string message);
    public static extern void ThrowIfNull(object argument, string paramName = null);
}

public class ArgumentOutOfRangeException : ArgumentException
{
    public extern ArgumentOutOfRangeException();
    public extern ArgumentOutOfRangeException(string paramName);
    public extern ArgumentOutOfRangeException(string paramName, string message);
}

public abstract class Array : ICloneable, IList, ICollection, IEnumerable
{
    public extern int Length { get; }
    public extern object SyncRoot { get; }
    public extern bool IsReadOnly { get; }
    public extern bool IsFixedSize { get; }
    public extern bool IsSynchronized { get; }
    public static extern Array CreateInstance(Type elementType, int length);
    public static extern void Copy(Array sourceArray, Array destinationArray, int length);
    public static extern void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length);
    public static extern void Clear(Array array, int index, int length);
    public extern object GetValue(int index);
    public extern object Clone();
    public static extern int BinarySearch(Array array, object value, IComparer comparer);
    public static extern int BinarySearch(Array array, int index, int length, object value, IComparer comparer);
    public extern void CopyTo(Array array, int index);
    public extern IEnumerator GetEnumerator();
    public static extern int IndexOf(Array array, object value);
    public static extern int IndexOf(Array array, object value, int startIndex);
    public static extern int IndexOf(Array array, object value, int startIndex, int count);
    protected extern Array();
    extern int ICollection.Count { get; }
    extern object IList.this[int index] { get; set; }
    extern int IList.Add(object value);
    extern bool IList.Contains(object value);
    extern void IList.Clear();
    extern int IList.IndexOf(object value);
    extern void IList.Insert(int index, object value);
    extern void IList.Remove(object value);
    extern void IList.RemoveAt(int index);
}

public delegate void AsyncCallback(IAsyncResult ar);

public abstract class Attribute
{
    protected extern Attribute();
}

[Flags]
public enum AttributeTargets
{
    Assembly = 1,
    Module = 2,
    Class = 4,
    Struct = 8,
    Enum = 16,
    Constructor = 32,
    Method = 64,
    Property = 128,
    Field = 256,
    Event = 512,
    Interface = 1024,
    Parameter = 2048,
    Delegate = 4096,
    ReturnValue = 8192,
    All = 16383,
}

public sealed class AttributeUsageAttribute : Attribute
{
    public extern AttributeTargets ValidOn { get; }
    public extern bool AllowMultiple { get; set; }
    public extern bool Inherited { get; set; }
    public extern AttributeUsageAttribute(AttributeTargets validOn);
}

public static class BitConverter
{
    public static extern bool IsLittleEndian { get; }
    public static extern long DoubleToInt64Bits(double value);
    public static extern byte[] GetBytes(bool value);
    public static extern byte[] GetBytes(char value);
    public static extern byte[] GetBytes(double value);
    public static extern byte[] GetBytes(float value);
    public static extern byte[] GetBytes(int value);
    public static extern byte[] GetBytes(long value);
    public static extern byte[] GetBytes(short value);
    public static extern byte[] GetBytes(uint value);
    public static extern byte[] GetBytes(ulong value);
    public static extern byte[] GetBytes(ushort value);
    public static extern double Int64BitsToDouble(long value);
    public static extern bool ToBoolean(byte[] value, int startIndex);
    public static extern char ToChar(byte[] value, int startIndex);
    public static extern double ToDouble(byte[] value, int startIndex);
    public static extern short ToInt16(byte[] value, int startIndex);
    public static extern int ToInt32(byte[] value, int startIndex);
    public static extern long ToInt64(byte[] value, int startIndex);
    public static extern float ToSingle(byte[] value, int startIndex);
    public static extern string ToString(byte[] value);
    public static extern string ToString(byte[] value, int startIndex);
    public static extern string ToString(byte[] value, int startIndex, int length);
    public static extern ushort ToUInt16(byte[] value, int startIndex);
    public static extern uint ToUInt32(byte[] value, int startIndex);
    public static extern ulong ToUInt64(byte[] value, int startIndex);
}

public struct Boolean
{
    private readonly bool _value;
    public static readonly string FalseString;
    public static readonly string TrueString;
    public override extern string ToString();
}

public struct Byte
{
    private readonly byte _value;
    public const byte MaxValue = 255;
    public const byte MinValue = 0;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern byte Parse(string s);
    public static extern bool TryParse(string s, out byte result);
}

public struct Char
{
    private readonly char _value;
    public const char MaxValue = '\uffff';
    public const char MinValue = '\0';
    public override extern string ToString();
    public extern char ToLower();
    public extern char ToUpper();
}

public static class Convert
{
    public static extern bool ToBoolean(byte value);
    public static extern char ToChar(ushort value);
    public static extern sbyte ToSByte(string value, int fromBase = 10);
    public static extern byte ToByte(string value, int fromBase = 10);
    public static extern byte ToByte(bool value);
    public static extern short ToInt16(string value, int fromBase = 10);
    public static extern ushort ToUInt16(string value, int fromBase = 10);
    public static extern int ToInt32(string value, int fromBase = 10);
    public static extern uint ToUInt32(string value, int fromBase = 10);
    public static extern long ToInt64(string value, int fromBase = 10);
    public static extern ulong ToUInt64(string value, int fromBase = 10);
    public static extern double ToDouble(string value);
    public static extern float ToSingle(string value);
    public static extern string ToBase64String(byte[] inArray);
    public static extern string ToBase64String(byte[] inArray, int offset, int length);
    public static extern byte[] FromBase64String(string inString);
    public static extern byte[] FromBase64CharArray(char[] inArray, int offset, int length);
}

public abstract class Delegate
{
    public extern object Target { get; }
    public override extern bool Equals(object obj);
    public static extern Delegate Combine(Delegate a, Delegate b);
    public virtual extern Delegate[] GetInvocationList();
    public static extern Delegate Remove(Delegate source, Delegate value);
    public static extern bool operator ==(Delegate d1, Delegate d2);
    public static extern bool operator !=(Delegate d1, Delegate d2);
    protected extern Delegate();
}

public struct Double
{
    private readonly double _value;
    public const double MinValue = -1.7976931348623157E+308;
    public const double MaxValue = 1.7976931348623157E+308;
    public const double Epsilon = 5E-324;
    public const double NegativeInfinity = -1 / 0d;
    public const double PositiveInfinity = 1 / 0d;
    public const double NaN = 0 / 0d;
    public extern int CompareTo(double value);
    public static extern bool IsInfinity(double d);
    public static extern bool IsNaN(double d);
    public static extern bool IsNegativeInfinity(double d);
    public static extern bool IsPositiveInfinity(double d);
    public static extern double Parse(string s);
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern bool TryParse(string s, out double result);
}

public abstract class Enum : ValueType
{
    public extern bool HasFlag(Enum flag);
    public override extern string ToString();
    protected extern Enum();
}

public class Exception
{
    protected int HResult;
    public virtual extern string Message { get; }
    public extern Exception InnerException { get; }
    public virtual extern string StackTrace { get; }
    public extern Exception();
    public extern Exception(string message);
    public extern Exception(string message, Exception innerException);
    public override extern string ToString();
}

public class FlagsAttribute : Attribute
{
    public extern FlagsAttribute();
}

public class FormatException : SystemException
{
    public extern FormatException();
    public extern FormatException(string message);
    public extern FormatException(string message, Exception innerException);
}

public interface IAsyncResult
{
}

public interface ICloneable
{
    object Clone();
}

public interface IComparable
{
    int CompareTo(object obj);
}

public interface IDisposable
{
    void Dispose();
}

public class IndexOutOfRangeException : SystemException
{
    public extern IndexOutOfRangeException();
    public extern IndexOutOfRangeException(string message);
    public extern IndexOutOfRangeException(string message, Exception innerException);
}

public struct Int16
{
    private readonly short _value;
    public const short MaxValue = 32767;
    public const short MinValue = -32768;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern short Parse(string s);
    public static extern bool TryParse(string s, out short result);
}

public struct Int32
{
    private readonly int _value;
    public const int MaxValue = 2147483647;
    public const int MinValue = -2147483648;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern int Parse(string s);
    public static extern bool TryParse(string s, out int result);
}

public struct Int64
{
    private readonly long _value;
    public const long MaxValue = 9223372036854775807;
    public const long MinValue = -9223372036854775808;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern long Parse(string s);
    public static extern bool TryParse(string s, out long result);
}

public struct IntPtr
{
    private readonly nint _value;
}

public class InvalidCastException : SystemException
{
    public extern InvalidCastException();
    public extern InvalidCastException(string message);
    public extern InvalidCastException(string message, Exception innerException);
}

public class InvalidOperationException : SystemException
{
    public extern InvalidOperationException();
    public extern InvalidOperationException(string message);
    public extern InvalidOperationException(string message, Exception innerException);
}

public abstract class MulticastDelegate : Delegate
{
    public static extern bool operator ==(MulticastDelegate d1, MulticastDelegate d2);
    public static extern bool operator !=(MulticastDelegate d1, MulticastDelegate d2);
    public override extern bool Equals(object obj);
    protected extern MulticastDelegate();
}

public class NotImplementedException : SystemException
{
    public extern NotImplementedException();
    public extern NotImplementedException(string message);
    public extern NotImplementedException(string message, Exception innerException);
}

public class NotSupportedException : SystemException
{
    public extern NotSupportedException();
    public extern NotSupportedException(string message);
    public extern NotSupportedException(string message, Exception innerException);
}

public class NullReferenceException : SystemException
{
    public extern NullReferenceException();
    public extern NullReferenceException(string message);
    public extern NullReferenceException(string message, Exception innerException);
}

public class Object
{
    public extern Object();
    public virtual extern string ToString();
    public virtual extern bool Equals(object obj);
    public static extern bool Equals(object objA, object objB);
    public static extern bool ReferenceEquals(object objA, object objB);
    public virtual extern int GetHashCode();
    public extern Type GetType();
    protected extern object MemberwiseClone();
}

public class ObjectDisposedException : SystemException
{
    public extern ObjectDisposedException();
    public extern ObjectDisposedException(string message);
    public extern ObjectDisposedException(string message, Exception innerException);
}

public sealed class ObsoleteAttribute : Attribute
{
    public extern string Message { get; }
    public extern bool IsError { get; }
    public extern ObsoleteAttribute();
    public extern ObsoleteAttribute(string message);
    public extern ObsoleteAttribute(string message, bool error);
}

public class OutOfMemoryException : SystemException
{
    public extern OutOfMemoryException();
    public extern OutOfMemoryException(string message);
    public extern OutOfMemoryException(string message, Exception innerException);
}

public sealed class ParamArrayAttribute : Attribute
{
    public extern ParamArrayAttribute();
}

public struct RuntimeFieldHandle
{
}

public struct RuntimeMethodHandle
{
}

public struct RuntimeTypeHandle
{
}

public struct SByte
{
    private readonly sbyte _value;
    public const sbyte MaxValue = 127;
    public const sbyte MinValue = -128;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern sbyte Parse(string s);
    public static extern bool TryParse(string s, out sbyte result);
}

public struct Single
{
    private readonly float _value;
    public const float MinValue = -3.4028235E+38f;
    public const float Epsilon = 1E-45f;
    public const float MaxValue = 3.4028235E+38f;
    public const float NegativeInfinity = -1 / 0f;
    public const float PositiveInfinity = 1 / 0f;
    public const float NaN = 0 / 0f;
    public static extern bool IsInfinity(float f);
    public static extern bool IsNaN(float f);
    public static extern bool IsNegativeInfinity(float f);
    public static extern bool IsPositiveInfinity(float f);
    public extern int CompareTo(float value);
    public static extern float Parse(string s);
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern bool TryParse(string s, out float result);
}

public sealed class String : IComparable, IEnumerable
{
    public static readonly string Empty;
    [IndexerName("Chars")]
    public extern char this[int index] { get; }
    public extern int Length { get; }
    public extern IEnumerator GetEnumerator();
    public override extern bool Equals(object obj);
    public static extern bool Equals(string a, string b);
    public static extern bool operator ==(string a, string b);
    public static extern bool operator !=(string a, string b);
    public extern char[] ToCharArray();
    public extern char[] ToCharArray(int startIndex, int length);
    public extern string[] Split(params char[] separator);
    public extern string[] Split(char[] separator, int count);
    public extern string Substring(int startIndex);
    public extern string Substring(int startIndex, int length);
    public extern string Trim(params char[] trimChars);
    public extern string TrimStart(params char[] trimChars);
    public extern string TrimEnd(params char[] trimChars);
    public extern String(char[] value, int startIndex, int length);
    public extern String(char[] value);
    public extern String(char c, int count);
    public static extern int Compare(string strA, string strB);
    public extern int CompareTo(object value);
    public extern int CompareTo(string strB);
    public extern int IndexOf(char value);
    public extern int IndexOf(char value, int startIndex);
    public extern int IndexOf(char value, int startIndex, int count);
    public extern int IndexOfAny(char[] anyOf);
    public extern int IndexOfAny(char[] anyOf, int startIndex);
    public extern int IndexOfAny(char[] anyOf, int startIndex, int count);
    public extern int IndexOf(string value);
    public extern int IndexOf(string value, int startIndex);
    public extern int IndexOf(string value, int startIndex, int count);
    public extern int LastIndexOf(char value);
    public extern int LastIndexOf(char value, int startIndex);
    public extern int LastIndexOf(char value, int startIndex, int count);
    public extern int LastIndexOfAny(char[] anyOf);
    public extern int LastIndexOfAny(char[] anyOf, int startIndex);
    public extern int LastIndexOfAny(char[] anyOf, int startIndex, int count);
    public extern int LastIndexOf(string value);
    public extern int LastIndexOf(string value, int startIndex);
    public extern int LastIndexOf(string value, int startIndex, int count);
    public extern string ToLower();
    public extern string ToUpper();
    public override extern string ToString();
    public extern string Trim();
    public static extern string Concat(object arg0);
    public static extern string Concat(object arg0, object arg1);
    public static extern string Concat(object arg0, object arg1, object arg2);
    public static extern string Concat(params object[] args);
    public static extern string Concat(string str0, string str1);
    public static extern string Concat(string str0, string str1, string str2);
    public static extern string Concat(string str0, string str1, string str2, string str3);
    public static extern string Concat(params string[] values);
    public static extern string Intern(string str);
    public static extern string IsInterned(string str);
    public static extern string Format(string format, params object[] args);
    public extern string PadLeft(int totalWidth, char paddingChar = ' ');
    public extern string PadRight(int totalWidth, char paddingChar = ' ');
    public static extern bool IsNullOrEmpty(string value);
    public extern bool Contains(string value);
    public extern bool StartsWith(string value);
    public extern bool EndsWith(string value);
}

public class SystemException : Exception
{
    public extern SystemException();
    public extern SystemException(string message);
    public extern SystemException(string message, Exception innerException);
}

public struct TimeSpan
{
    private readonly long _value;
    public const long TicksPerMillisecond = 10000;
    public const long TicksPerSecond = 10000000;
    public const long TicksPerMinute = 600000000;
    public const long TicksPerHour = 36000000000;
    public const long TicksPerDay = 864000000000;
    public static readonly TimeSpan Zero;
    public static readonly TimeSpan MaxValue;
    public static readonly TimeSpan MinValue;
    public extern long Ticks { get; }
    public extern int Days { get; }
    public extern int Hours { get; }
    public extern int Milliseconds { get; }
    public extern int Minutes { get; }
    public extern int Seconds { get; }
    public extern double TotalDays { get; }
    public extern double TotalHours { get; }
    public extern double TotalMilliseconds { get; }
    public extern double TotalMinutes { get; }
    public extern double TotalSeconds { get; }
    public extern TimeSpan(long ticks);
    public extern TimeSpan(int hours, int minutes, int seconds);
    public extern TimeSpan(int days, int hours, int minutes, int seconds);
    public extern TimeSpan(int days, int hours, int minutes, int seconds, int milliseconds);
    public extern TimeSpan Add(TimeSpan ts);
    public static extern int Compare(TimeSpan t1, TimeSpan t2);
    public extern int CompareTo(object value);
    public extern TimeSpan Duration();
    public override extern bool Equals(object value);
    public static extern bool Equals(TimeSpan t1, TimeSpan t2);
    public extern TimeSpan Negate();
    public extern TimeSpan Subtract(TimeSpan ts);
    public static extern TimeSpan FromTicks(long value);
    public static extern TimeSpan FromMilliseconds(long value);
    public static extern TimeSpan FromSeconds(long value);
    public static extern TimeSpan FromMinutes(long value);
    public static extern TimeSpan FromHours(long value);
    public static extern TimeSpan FromDays(long value);
    public override extern string ToString();
    public static extern TimeSpan operator -(TimeSpan t);
    public static extern TimeSpan operator -(TimeSpan t1, TimeSpan t2);
    public static extern TimeSpan operator +(TimeSpan t);
    public static extern TimeSpan operator +(TimeSpan t1, TimeSpan t2);
    public static extern bool operator ==(TimeSpan t1, TimeSpan t2);
    public static extern bool operator !=(TimeSpan t1, TimeSpan t2);
    public static extern bool operator <(TimeSpan t1, TimeSpan t2);
    public static extern bool operator <=(TimeSpan t1, TimeSpan t2);
    public static extern bool operator >(TimeSpan t1, TimeSpan t2);
    public static extern bool operator >=(TimeSpan t1, TimeSpan t2);
    public override extern int GetHashCode();
}

public class TimeoutException : SystemException
{
    public extern TimeoutException();
    public extern TimeoutException(string message);
    public extern TimeoutException(string message, Exception innerException);
}

public abstract class Type : MemberInfo
{
    public override extern Type DeclaringType { get; }
    public abstract string FullName { get; }
    public abstract string AssemblyQualifiedName { get; }
    public abstract Type BaseType { get; }
    public extern bool IsNotPublic { get; }
    public extern bool IsPublic { get; }
    public extern bool IsClass { get; }
    public extern bool IsInterface { get; }
    public extern bool IsValueType { get; }
    public extern bool IsAbstract { get; }
    public extern bool IsEnum { get; }
    public extern bool IsSerializable { get; }
    public extern bool IsArray { get; }
    public static extern Type GetType(string typeName);
    public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);
    public abstract Type[] GetInterfaces();
    public abstract Type GetElementType();
    public virtual extern bool IsSubclassOf(Type c);
    public virtual extern bool IsInstanceOfType(object o);
    public override extern string ToString();
    protected extern Type();
}

public struct UInt16
{
    private readonly ushort _value;
    public const ushort MaxValue = 65535;
    public const ushort MinValue = 0;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern ushort Parse(string s);
    public static extern bool TryParse(string s, out ushort result);
}

public struct UInt32
{
    private readonly uint _value;
    public const uint MaxValue = 4294967295;
    public const uint MinValue = 0;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern uint Parse(string s);
    public static extern bool TryParse(string s, out uint result);
}

public struct UInt64
{
    private readonly ulong _value;
    public const ulong MaxValue = 18446744073709551615;
    public const ulong MinValue = 0;
    public override extern string ToString();
    public extern string ToString(string format);
    public static extern ulong Parse(string s);
    public static extern bool TryParse(string s, out ulong result);
}

public struct UIntPtr
{
    private readonly nuint _value;
}

public abstract class ValueType
{
    public override extern bool Equals(object obj);
    protected extern ValueType();
}

public struct Void
{
}
