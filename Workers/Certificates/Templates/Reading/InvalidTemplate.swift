/// What is wrong with a template: a line for each mistake.
public struct InvalidTemplate: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
