/// Whether spans of what happens are sent to a collector, and which.
public struct TracingSettings: Sendable, Equatable {
    /// Of a collector that takes OTLP over HTTP: `http://127.0.0.1:4318`; nil traces nothing.
    public var endpoint: String?
    /// A file of certificates to trust there instead of the system's.
    public var caFile: String?
    /// Which part of the traces that begin here is sampled: 0 to 1.
    public var sample = 1.0

    public init() {}

    /// What is wrong with an endpoint, and the remedy.
    static func mistake(inURL url: String) -> String? {
        let remedy = "this is no address of a collector; write http://HOST:4318, with nothing behind it but a path."
        guard let parts = ServerURL(url), ["http", "https"].contains(parts.scheme), !parts.holdsPassword,
            !url.contains(where: { "?#@".contains($0) || $0.isWhitespace })
        else { return remedy }
        return nil
    }
}

extension TracingSettings: SettingsSection {
    static let title = "a setting of tracing"
    static let keys = ["endpoint", "caFile", "sample"]

    mutating func read(_ object: SettingsObject) {
        if !object.isNull("endpoint"), let url = object.text("endpoint") { read(url: url, object) }
        caFile = object.isNull("caFile") ? nil : object.path("caFile")
        sample = object.fraction("sample") ?? sample
    }

    private mutating func read(url: String, _ object: SettingsObject) {
        if let mistake = Self.mistake(inURL: url) { return object.refuse("endpoint", "'endpoint': \(mistake)") }
        endpoint = url
    }
}
