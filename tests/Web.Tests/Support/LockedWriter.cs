using System.Text;

namespace CatGan.Web.Tests.Support;

/// <summary>Text that a server's threads write while a test reads it.</summary>
internal sealed class LockedWriter : TextWriter
{
    private readonly Lock guard = new();
    private readonly StringBuilder text = new();

    public override Encoding Encoding => Encoding.Unicode;

    public override void Write(char value)
    {
        lock (guard)
            text.Append(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        lock (guard)
            text.Append(buffer, index, count);
    }

    public override void Write(string? value)
    {
        lock (guard)
            text.Append(value);
    }

    public override void WriteLine(string? value)
    {
        lock (guard)
            text.Append(value).Append(CoreNewLine);
    }

    public override string ToString()
    {
        lock (guard)
            return text.ToString();
    }
}
