// The scale itself, against sizes that were taken on nanoFramework's interpreter.
using System;

namespace Tern.Tests;

[TestClass]
public class HeapScaleTests
{
    [TestMethod]
    public void AFieldWeighsTwelveBytesWhateverItsType()
    {
        Assert.AreEqual(12, Weigh(new Empty()));
        Assert.AreEqual(12 + (3 * 12), Weigh(new Three()));
    }

    [TestMethod]
    public void AHundredBytesWeigh120() => Assert.AreEqual(120, Weigh(new byte[100]));

    [TestMethod]
    public void AStructureOfThreeNumbersInAnArrayWeighsSixty() => Assert.AreEqual(60 * 100, Weigh(new Triple[100]) - Weigh(Array.Empty<Triple>()), 12);

    [TestMethod]
    public void WhatIsReachedTwiceIsWeighedOnce()
    {
        var shared = new Empty();
        Assert.AreEqual(Weigh(new object[2]) + 12, Weigh(new object[] { shared, shared }));
    }

    private static long Weigh(object thing) => new HeapScale(type => false).Weigh(thing);

    private sealed class Empty
    {
    }

    private sealed class Three
    {
        public int First = 1;
        public long Second = 2;
        public bool Third = true;
    }

    private readonly struct Triple(int number)
    {
        public readonly int First = number;
        public readonly int Second = number;
        public readonly int Third = number;
    }
}
