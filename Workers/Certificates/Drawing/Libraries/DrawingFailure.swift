/// What this machine lacks, or what cairo could not do. Not the fault of a certificate.
public struct DrawingFailure: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
