// Every rule against everything it covers, and against its fixtures: a rule that could not fail would be worth nothing.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using Tern.Rules.Tests.Fixtures;

namespace Tern.Rules.Tests;

[TestClass]
public class RuleTests
{
    public static IEnumerable<object[]> Coverage =>
        from rule in Rule.All
        from assembly in Compiled.ForBoards.Concat(Compiled.ForHost).Append(Compiled.TestsForBoards)
        where rule.IsForBothTargets ? Compiled.Layers.ContainsKey(assembly.Name) : assembly.Target == Target.Board
        select new object[] { rule.Name, assembly.Name, assembly.Target.ToString() };

    public static IEnumerable<object[]> Refused =>
        from fixture in FixturesOf<RefusedAttribute>()
        select new object[] { fixture.Rule, fixture.Type.Name, fixture.Type.GetCustomAttribute<RefusedAttribute>()!.At };

    public static IEnumerable<object[]> Accepted =>
        from fixture in FixturesOf<AcceptedAttribute>()
        select new object[] { fixture.Rule, fixture.Type.Name };

    [TestMethod]
    [DynamicData(nameof(Coverage))]
    public void The_shared_layers_obey(string rule, string assembly, string target)
    {
        var checkedRule = Named(rule);
        var violations = Compiled.ForBoards.Concat(Compiled.ForHost).Append(Compiled.TestsForBoards)
            .Where(compiled => compiled.Name == assembly && compiled.Target.ToString() == target)
            .SelectMany(compiled => compiled.Types)
            .SelectMany(checkedRule.Check)
            .ToList();
        Assert.IsEmpty(violations, checkedRule.Explain(violations));
    }

    [TestMethod]
    [DynamicData(nameof(Refused))]
    public void A_violation_is_refused(string rule, string fixture, string at)
    {
        var type = Fixture(rule, fixture);
        string where = at.Length == 0 ? type.FullName : $"{type.FullName}.{at}";
        var violations = Named(rule).Check(type).ToList();
        Assert.IsTrue(violations.Any(violation => violation.Where == where), $"nothing found at {where}, but at: {Named(rule).Explain(violations)}");
    }

    [TestMethod]
    [DynamicData(nameof(Accepted))]
    public void What_is_right_is_accepted(string rule, string fixture)
    {
        var violations = Named(rule).Check(Fixture(rule, fixture)).ToList();
        Assert.IsEmpty(violations, Named(rule).Explain(violations));
    }

    [TestMethod]
    public void Every_rule_has_fixtures_of_both_kinds()
    {
        foreach (var rule in Rule.All)
        {
            Assert.IsTrue(FixturesOf<RefusedAttribute>().Any(fixture => fixture.Rule == rule.Name), $"{rule.Name} has nothing that it must refuse");
            Assert.IsTrue(FixturesOf<AcceptedAttribute>().Any(fixture => fixture.Rule == rule.Name), $"{rule.Name} has nothing that it must accept");
        }
    }

    [TestMethod]
    public void The_kernel_has_the_types_that_rules_go_by()
    {
        var kernel = Compiled.ForBoards.Single(assembly => assembly.Name == "Tern.Kernel").Assembly.MainModule;
        Assert.IsNotNull(kernel.GetType(Rules.ProgramsAreText.Program), "ProgramsAreText would check nothing");
        Assert.IsNotNull(kernel.GetType(Rules.ProgramsAreText.PinnedProgram), "ProgramsAreText would check too much");
    }

    [TestMethod]
    public void Programs_are_refused_for_the_code_that_they_reach_as_the_layers_are()
    {
        var violations = ProgramRules.Violations([typeof(ReachingPrograms.Wrong)]);
        Assert.Contains(line => line.Contains("ReachingPrograms/Wrong._sheep is a program's instance field; a component's state must be in its checkpoint", StringComparison.Ordinal), violations);
        Assert.Contains(line => line.Contains("ReachingPrograms/Ledger._last is a static field that can change", StringComparison.Ordinal), violations);
        Assert.Contains(line => line.Contains("uses System.Collections.Generic.List`1", StringComparison.Ordinal), violations);
        Assert.HasCount(3, violations.Select(line => line.Split(' ')[0]).Distinct(), string.Join('\n', violations));
    }

    [TestMethod]
    public void Programs_that_obey_are_not_refused() => Assert.IsEmpty(ProgramRules.Violations([typeof(ReachingPrograms.Right)]));

    private static Rule Named(string name) => Rule.All.Single(rule => rule.Name == name);

    private static TypeDefinition Fixture(string rule, string name) =>
        Compiled.Fixtures.Assembly.MainModule.GetType($"{typeof(RefusedAttribute).Namespace}.{rule}").NestedTypes.Single(type => type.Name == name);

    private static IEnumerable<(string Rule, System.Type Type)> FixturesOf<TMark>()
        where TMark : System.Attribute =>
        from type in typeof(RuleTests).Assembly.GetTypes()
        where type.IsNested && type.IsDefined(typeof(TMark), false)
        select (type.DeclaringType!.Name, type);
}
