/// A span as OpenTelemetry's own classes read it: see Tests/Tools/trace_receiver.py.
public struct ReceivedSpan: Decodable, Sendable {
    public let trace: String
    public let span: String
    public let parent: String
    public let state: String
    public let name: String
    public let kind: String
    public let start: UInt64
    public let end: UInt64
    public let attributes: [String: String]
    public let types: [String: String]
    public let links: [String]
    public let events: [String]
    public let status: Int
    public let message: String
    public let flags: Int
    public let resource: [String: String]
}
