/// Collects what is wrong while a file is read, so that one run reports every mistake.
package final class Findings {
    let source: Source
    private var mistakes: [ConfigurationMistake] = []
    private var paths: [SettingPath] = []
    private var titles: [SettingPath: String] = [:]

    package init(_ source: Source) { self.source = source }

    /// Has each later mistake in an object begin with what that is, such as an element of a list.
    package func entitle(_ path: SettingPath, _ title: String) { titles[path] = title }

    /// Reports a mistake on the line of a setting. When that is not in the file because its default holds, it is
    /// reported on the line of the other.
    package func add(_ message: String, at path: SettingPath, or other: SettingPath? = nil) {
        let line = source.hasSetting(path) ? source.line(of: path) : source.line(of: other ?? path)
        paths.append(path)
        let title = titles.first { path.starts(with: $0.key) }.map { "\($0.value): " } ?? ""
        add(ConfigurationMistake(file: source.file, line: line, message: title + message))
    }

    package func add(_ mistake: ConfigurationMistake) { mistakes.append(mistake) }

    /// Reports the value when it could not be read, or each such value in it.
    package func refuseUnreadable(_ value: SettingValue, at path: SettingPath) {
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

    package func throwIfAny() throws(ConfigurationError) {
        guard mistakes.isEmpty else { throw ConfigurationError(mistakes) }
    }
}
