/// A program that has ended, and what it said.
struct Finished: Sendable, CustomStringConvertible {
    let exit: Program.Exit
    let output: String
    let errors: String

    var description: String { "\(exit)\n\(output)\n\(errors)" }
}
