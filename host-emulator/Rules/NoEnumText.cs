using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tern.Rules;

/// <summary>No enum turned into text, by its ToString or by handing it to what makes text.</summary>
internal sealed class NoEnumText : Rule
{
    public override string Instead => "on nanoFramework an enum's text is its number: get the name from a switch, or say (int)value if the number is meant";

    public override IEnumerable<Violation> Check(TypeDefinition type)
    {
        foreach (var (method, instruction) in Code(type))
        {
            if (instruction.Operand is MethodReference { Name: "ToString" } called && IsOnEnum(instruction, called))
            {
                yield return new Violation(method, "calls an enum's ToString");
            }

            if (instruction.OpCode == OpCodes.Box && instruction.Operand is TypeReference boxed && Metadata.IsEnum(boxed) && MakesText(instruction))
            {
                yield return new Violation(method, $"makes text of the enum {boxed.Name}");
            }
        }
    }

    private static bool IsOnEnum(Instruction call, MethodReference called) =>
        called.DeclaringType.FullName == "System.Enum"
        || (call.Previous is { OpCode.Code: Mono.Cecil.Cil.Code.Constrained, Operand: TypeReference constrained } && Metadata.IsEnum(constrained))
        || (call.Previous is { OpCode.Code: Mono.Cecil.Cil.Code.Box, Operand: TypeReference boxed } && Metadata.IsEnum(boxed));

    // Into a call of String or StringBuilder, or into an array of arguments, which is what interpolation and Format are made of.
    private static bool MakesText(Instruction box) => Metadata.Consumer(box) switch
    {
        { OpCode.Code: Mono.Cecil.Cil.Code.Stelem_Ref } => true,
        { Operand: MethodReference { DeclaringType.FullName: "System.String" or "System.Text.StringBuilder" } } => true,
        _ => false,
    };
}
