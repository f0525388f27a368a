internal import Configuration

extension SettingsObject {
    /// Reports a key that is absent; what is wrong with one that is there was reported when it was read.
    func required<Value>(_ key: String, _ value: Value?) -> Value? {
        if members[key] == nil { refuse(key, "'\(key)' is missing; write it.") }
        return value
    }

    /// `"text"`, or `{ default: "text", de: "Text" }`: `default` is in the language of the template.
    func localizedText(_ key: String) -> LocalizedText? {
        guard case .object(let texts)? = members[key] else { return text(key).map { checked(key, ["": $0]) } }
        var byLanguage: [String: String] = [:]
        for (language, value) in texts {
            guard case .text(let text) = value, LanguageTag.isOne(language) || language == "default" else {
                refuse(key, "\(shown(language)) must be a language or 'default', with text in quotes.")
                continue
            }
            byLanguage[language == "default" ? "" : language.lowercased()] = text
        }
        if byLanguage[""] == nil {
            refuse(key, "'\(key)' has no 'default'; write the text in the template's language.")
        }
        return checked(key, byLanguage)
    }

    private func checked(_ key: String, _ texts: [String: String]) -> LocalizedText {
        LocalizedText(
            texts.mapValues { text in
                do throws(InvalidCertificate) {
                    return try CleanText.of(text, "'\(key)'")
                } catch {
                    refuse(key, error.description)
                    return ""
                }
            })
    }
}
