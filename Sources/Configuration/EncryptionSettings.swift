public import Jobs

/// What Redis must not read.
public struct EncryptionSettings: Sendable, Equatable {
    /// Job types whose payloads, results and errors are sealed.
    public var types: [TypePattern] = []
    /// Files of keys: the first one seals, all open.
    public var keyFiles: [String] = []

    public init() {}
}

extension EncryptionSettings: SettingsSection {
    static let title = "a setting of encryption"
    static let keys = ["types", "keyFiles"]

    mutating func read(_ object: SettingsObject) {
        for text in object.texts("types", such: "email.*") ?? [] {
            guard let type = TypePattern(text) else {
                object.refuse(
                    "types",
                    """
                    \(shown(text)) is no job type; write one such as "email.send", "email.*" for those of a domain, or "*" \
                    for all.
                    """)
                continue
            }
            types.append(type)
        }
        keyFiles = (object.texts("keyFiles", such: "/etc/coursework/keys/1.key") ?? []).map { path in
            path.hasPrefix("/") ? path : "\(object.findings.source.folder)/\(path)"
        }
    }
}

extension SettingsObject {
    /// A list of texts, none empty and none twice.
    fileprivate func texts(_ key: String, such example: String) -> [String]? {
        guard let value = members[key] else { return nil }
        guard case .list(let values) = value else {
            refuse(key, "\(shown(key)) is \(value); write a list such as [\"\(example)\"].")
            return nil
        }
        var texts: [String] = []
        for (index, value) in values.enumerated() {
            guard case .text(let text) = value, !text.isEmpty else {
                findings.add("this is \(value); write text in quotes.", at: path + [key, "\(index)"])
                continue
            }
            if texts.contains(text) {
                findings.add("\(shown(text)) is listed twice; keep one.", at: path + [key, "\(index)"])
            }
            texts.append(text)
        }
        return texts
    }
}
