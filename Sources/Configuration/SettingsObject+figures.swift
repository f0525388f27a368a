extension SettingsObject {
    package func number(_ key: String, in range: ClosedRange<Double>) -> Double? {
        switch members[key] {
        case nil: return nil
        case .integer(let integer): return number(key, Double(integer), in: range)
        case .number(let number): return self.number(key, number, in: range)
        case let value?:
            refuse(key, "\(shown(key)) is \(value); write \(Self.wanted(range)).")
            return nil
        }
    }

    package func boolean(_ key: String) -> Bool? {
        switch members[key] {
        case nil: return nil
        case .boolean(let boolean): return boolean
        case let value?:
            refuse(key, "\(shown(key)) is \(value); write true or false.")
            return nil
        }
    }

    /// A list of objects.
    package func objects(_ key: String) -> [SettingsObject]? {
        switch members[key] {
        case nil: return nil
        case .list(let values):
            let objects = values.enumerated().compactMap { object($1, at: path + [key, "\($0)"]) }
            return objects.count == values.count ? objects : nil
        case let value?:
            refuse(key, "\(shown(key)) is \(value); write a list of objects, [{ … }].")
            return nil
        }
    }

    private func object(_ value: SettingValue, at path: SettingPath) -> SettingsObject? {
        if case .object(let members) = value { return SettingsObject(path: path, members: members, findings: findings) }
        findings.add("this is \(value); write an object in { }.", at: path)
        return nil
    }

    private func number(_ key: String, _ number: Double, in range: ClosedRange<Double>) -> Double? {
        if range.contains(number) { return number }
        refuse(key, "\(shown(key)) is \(number); write \(Self.wanted(range)).")
        return nil
    }

    private static func wanted(_ range: ClosedRange<Double>) -> String {
        "a number from \(plain(range.lowerBound)) to \(plain(range.upperBound))"
    }

    private static func plain(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }
}
