public import Logging

/// What is logged, and in which form.
public struct LogSettings: Sendable, Equatable {
    /// Lines that matter less are not written.
    public var level: LogLevel = .info
    public var format: LogFormat = .auto

    public init() {}
}

extension LogSettings: SettingsSection {
    static let title = "a setting of log"
    static let keys = ["level", "format"]

    mutating func read(_ object: SettingsObject) {
        if let name = object.choice("level", of: .logLevels, "a log level") { level = LogLevel(name) ?? level }
        if let name = object.choice("format", of: .logFormats, "a log format") {
            format = LogFormat(rawValue: name) ?? format
        }
    }
}

extension Names {
    static let logLevels = Names(LogLevel.allCases.map(\.name))
    static let logFormats = Names(LogFormat.allCases.map(\.rawValue))
}
