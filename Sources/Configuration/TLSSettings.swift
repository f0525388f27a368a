/// The certificate by which `coursework serve` speaks TLS itself.
public struct TLSSettings: Sendable, Equatable {
    /// The server's own certificate first, then those that vouch for it, in PEM.
    public var certificateFile = ""
    /// Its key, in PEM.
    public var keyFile = ""

    public init() {}
}

extension TLSSettings: SettingsSection {
    static let title = "a setting of server.tls"
    static let keys = ["certificateFile", "keyFile"]

    mutating func read(_ object: SettingsObject) {
        for key in Self.keys where object.members[key] == nil {
            object.refuse(nil, "'\(key)' is missing; add it, a file in PEM.")
        }
        certificateFile = object.path("certificateFile") ?? certificateFile
        keyFile = object.path("keyFile") ?? keyFile
    }
}
