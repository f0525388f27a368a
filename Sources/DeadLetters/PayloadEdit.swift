/// A new payload for a dead letter, made by setting single values, and told by what differs.
public struct PayloadEdit: Sendable {
    /// One value of a payload that is set: `args.user.id=42`.
    public struct Setting: Sendable {
        let path: [String]
        let value: String

        /// Reads `args.key=value`; nil for anything else.
        public init?(_ text: String) {
            guard let condition = FieldCondition(text), condition.path[0] == "args", condition.path.count > 1 else {
                return nil
            }
            path = Array(condition.path.dropFirst())
            value = condition.value
        }

        /// JSON if it is, else text; what was text stays text.
        func value(instead old: JSONValue?) -> JSONValue {
            if case .string? = old { return .string(value) }
            return JSONValue(parsing: Array(value.utf8)) ?? .string(value)
        }
    }

    /// Why a payload cannot be changed so: one sentence.
    public struct Mistake: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// The payload with other values; the rest of it stays as it is, but for the space between its parts.
    public static func setting(_ settings: [Setting], in args: [UInt8]) throws(Mistake) -> [UInt8] {
        guard var json = JSONValue(parsing: args) else {
            throw Mistake(
                description: "The payload is not JSON, so no value of it can be set: give a whole one by --args.")
        }
        for setting in settings {
            let new = setting.value(instead: json[setting.path[...]])
            guard let changed = json.setting(setting.path[...], to: new) else {
                let path = setting.path.joined(separator: ".")
                throw Mistake(
                    description: "The payload has no place args.\(path): the keys before the last must exist.")
            }
            json = changed
        }
        return Array(json.text.utf8)
    }

    /// A value that differs between two payloads; nil stands for one that is not there.
    public struct Difference: Sendable, Equatable {
        public let path: String
        public let old: String?
        public let new: String?

        public init(path: String, old: String?, new: String?) {
            self.path = path
            self.old = old
            self.new = new
        }
    }

    /// What differs, in the order of the old payload and then of the new. Payloads that are not JSON differ as a whole.
    public static func differences(from old: [UInt8], to new: [UInt8]) -> [Difference] {
        guard let before = JSONValue(parsing: old), let after = JSONValue(parsing: new) else {
            if old == new { return [] }
            return [
                Difference(
                    path: "args", old: String(decoding: old, as: UTF8.self), new: String(decoding: new, as: UTF8.self))
            ]
        }
        var found: [Difference] = []
        compare(before, after, at: "args", &found)
        return found
    }

    private static func compare(
        _ old: JSONValue?, _ new: JSONValue?, at path: String, _ found: inout [Difference]
    ) {
        guard old != new else { return }
        switch (old, new) {
        case (.object(let before)?, .object(let after)?):
            let keys = before.map(\.key) + after.map(\.key).filter { key in !before.contains { $0.key == key } }
            for key in keys { compare(old?[[key]], new?[[key]], at: path + "." + key, &found) }
        case (.array(let before)?, .array(let after)?):
            for index in 0..<max(before.count, after.count) {
                compare(old?[["\(index)"]], new?[["\(index)"]], at: "\(path).\(index)", &found)
            }
        default: found.append(Difference(path: path, old: old?.text, new: new?.text))
        }
    }
}
