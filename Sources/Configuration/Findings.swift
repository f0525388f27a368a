/// Collects what is wrong while a file is read, so that one run reports every mistake.
final class Findings {
    let source: Source
    private var mistakes: [ConfigurationMistake] = []
    private var paths: [SettingPath] = []

    init(_ source: Source) { self.source = source }

    /// Reports a mistake on the line of a setting. When that is not in the file because its default holds, it is
    /// reported on the line of the other.
    func add(_ message: String, at path: SettingPath, or other: SettingPath? = nil) {
        let line = source.hasSetting(path) ? source.line(of: path) : source.line(of: other ?? path)
        paths.append(path)
        add(ConfigurationMistake(file: source.file, line: line, message: message))
    }

    func add(_ mistake: ConfigurationMistake) { mistakes.append(mistake) }

    /// Reports the value when it could not be read, or each such value in it.
    func refuseUnreadable(_ value: SettingValue, at path: SettingPath) {
        switch value {
        case .list(let values):
            for (index, value) in values.enumerated() { refuseUnreadable(value, at: path + ["\(index)"]) }
        case .object(let members):
            for (key, value) in members { refuseUnreadable(value, at: path + [key]) }
        case .unreadable: add("this is \(value); check its quotes, backslashes and digits.", at: path)
        case .null, .boolean, .integer, .number, .text: break
        }
    }

    /// Whether the settings, all that is in them and all they are in were found right.
    func areSound(_ settings: SettingPath...) -> Bool {
        settings.allSatisfy { setting in
            !paths.contains { $0.starts(with: setting) || setting.starts(with: $0) }
        }
    }

    func throwIfAny() throws(ConfigurationError) {
        guard mistakes.isEmpty else { throw ConfigurationError(mistakes) }
    }
}
