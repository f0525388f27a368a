internal import Logging

/// Why an attempt failed, as it is kept with the job.
public struct ErrorReport: Sendable, Equatable, CustomStringConvertible {
    /// A sentence for a person, in at most about 2000 bytes, with nobody's mail address in it: servers repeat whom they
    /// refuse, and operators read it.
    public let text: String
    /// The name of the error's Swift type, so that failures of one kind can be told from others; empty where no error was
    /// thrown.
    public let kind: String

    public init(_ text: String, kind: String = "") {
        self.text = Self.bounded(Redaction.apply(to: text))
        self.kind = kind
    }

    public init(_ error: any Error) { self.init("\(error)", kind: Self.kind(of: error)) }

    public static func kind(of error: any Error) -> String { "\(type(of: error))" }

    public var description: String { text }

    /// An error's text may carry a server's whole answer; what a person needs stands in its beginning.
    private static func bounded(_ text: String) -> String {
        text.utf8.count <= 2000 ? text : String(decoding: text.utf8.prefix(2000), as: UTF8.self) + "…"
    }
}

extension ErrorReport: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { self.init(text) }
}
