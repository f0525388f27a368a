import Jobs

/// An object of the file while it is read. Each method returns `nil` for a key that is absent, and also for one that is
/// wrong, which it has then reported.
package struct SettingsObject {
    package let path: SettingPath
    package let members: [String: SettingValue]
    package let findings: Findings

    package init(path: SettingPath, members: [String: SettingValue], findings: Findings) {
        self.path = path
        self.members = members
        self.findings = findings
    }

    func section<Section: SettingsSection>(_ key: String) -> Section? {
        guard let object = object(key) else { return nil }
        object.refuseUnknown(Section.keys, Section.title)
        var section = Section()
        section.read(object)
        return section
    }

    package func object(_ key: String) -> SettingsObject? {
        switch members[key] {
        case nil: return nil
        case .object(let inner): return SettingsObject(path: path + [key], members: inner, findings: findings)
        case let value?: return refuseType(key, value, wanted: "an object in { }")
        }
    }

    package func text(_ key: String) -> String? {
        switch members[key] {
        case nil: return nil
        case .text(let text): return text
        case let value?: return refuseType(key, value, wanted: "text in quotes")
        }
    }

    /// The path of a file or folder; one that is relative starts at the configuration's folder.
    package func path(_ key: String) -> String? {
        guard let path = text(key) else { return nil }
        if path.isEmpty { refuse(key, "'\(key)' is empty; write a path.") }
        return path.hasPrefix("/") ? path : "\(findings.source.folder)/\(path)"
    }

    package func choice(_ key: String, of names: Names, _ title: String) -> String? {
        guard let name = text(key) else { return nil }
        guard names.all.contains(name) else {
            refuse(key, names.refusal(of: name, as: title))
            return nil
        }
        return name
    }

    package func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        switch members[key] {
        case nil: return nil
        case .integer(let integer) where range.contains(integer): return integer
        case .integer(let integer):
            refuse(key, "\(shown(key)) is \(integer); write \(wanted).")
            return nil
        case let value?: return refuseType(key, value, wanted: wanted)
        }
    }

    /// A part of a whole.
    func fraction(_ key: String) -> Double? {
        let wanted = "a number from 0 to 1, such as 0.1"
        switch members[key] {
        case nil: return nil
        case .integer(let number) where (0...1).contains(number): return Double(number)
        case .number(let number) where (0...1).contains(number): return number
        case .integer, .number:
            refuse(key, "\(shown(key)) is not within 0 and 1; write \(wanted).")
            return nil
        case let value?: return refuseType(key, value, wanted: wanted)
        }
    }

    func duration(_ key: String, in range: ClosedRange<Duration>) -> Duration? {
        switch members[key] {
        case nil: return nil
        case .text(let text): return duration(key, text, in: range)
        case let value?: return refuseType(key, value, wanted: "a duration with its unit in quotes, such as \"15s\"")
        }
    }

    /// A list of queues, at least one and none twice.
    func queues(_ key: String) -> [QueueName]? {
        switch members[key] {
        case nil: return nil
        case .list([]):
            refuse(key, "'\(key)' is empty; name at least one queue.")
            return nil
        case .list(let values): return queues(key, values)
        case let value?: return refuseType(key, value, wanted: "a list of queue names, such as [\"default\"]")
        }
    }

    package func isNull(_ key: String) -> Bool { members[key] == .null }

    package func refuseUnknown(_ keys: [String], _ title: String) {
        for key in members.keys where !keys.contains(key) { refuse(key, Names(keys).refusal(of: key, as: title)) }
    }

    /// Reports every value in here that has no meaning in JSON5, such as a text with a wrong escape.
    package func refuseUnreadable() {
        for (key, value) in members { findings.refuseUnreadable(value, at: path + [key]) }
    }

    /// Reports a mistake in a key, or in the object as a whole when there is none.
    package func refuse(_ key: String?, _ message: String) {
        findings.add(message, at: key.map { path + [$0] } ?? path)
    }
}

extension SettingsObject {
    private func refuseType<Value>(_ key: String, _ value: SettingValue, wanted: String) -> Value? {
        refuse(key, "\(shown(key)) is \(value); write \(wanted).")
        return nil
    }

    private func duration(_ key: String, _ text: String, in range: ClosedRange<Duration>) -> Duration? {
        do throws(InvalidDurationText) {
            let duration = try DurationText.parse(text)
            if range.contains(duration) { return duration }
            let (least, most) = (DurationText.format(range.lowerBound), DurationText.format(range.upperBound))
            refuse(key, "'\(key)' is \(DurationText.format(duration)); write a duration from \(least) to \(most).")
        } catch {
            refuse(key, "'\(key)' \(error)")
        }
        return nil
    }

    private func queues(_ key: String, _ values: [SettingValue]) -> [QueueName]? {
        var queues: [QueueName] = []
        for (index, value) in values.enumerated() {
            if let mistake = add(value, to: &queues) { findings.add(mistake, at: path + [key, "\(index)"]) }
        }
        return queues.count == values.count ? queues : nil
    }

    private func add(_ value: SettingValue, to queues: inout [QueueName]) -> String? {
        guard case .text(let name) = value else { return "a queue's name is \(value); write text in quotes." }
        guard let queue = QueueName(name) else { return "\(shown(name)) is no queue name; \(QueueName.letters)" }
        guard !queues.contains(queue) else { return "'\(queue)' is listed twice; keep one." }
        queues.append(queue)
        return nil
    }
}

extension QueueName {
    /// The remedy for a wrong name.
    static let letters = "use 1 to 64 lower-case letters, digits, '_' and '-'."
}
