/// A program that has ended, and what it said.
public struct Finished: Sendable, CustomStringConvertible {
    public let exit: Program.Exit
    public let output: String
    public let errors: String

    public var description: String { "\(exit)\n\(output)\n\(errors)" }
}
