// The other side of HostTwin.cs: the same names, here nanoFramework's own.
global using nanoFramework.TestFramework;
