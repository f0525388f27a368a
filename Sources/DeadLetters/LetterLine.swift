internal import FoundationEssentials

/// A dead letter as one line of JSON, for files: `{"id":"emails:17…-0","buried":17…,"fields":{"type":"email.send",…}}`.
///
/// Nothing is lost: a value that is not UTF-8 is written as `{"base64":"…"}`, and a field whose name is not UTF-8 stands
/// in `others`, a list of pairs.
public enum LetterLine {
    public static func text(of letter: DeadLetter) -> String {
        let fields = letter.fields.list.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        var (named, others) = ([JSONValue.Member](), [JSONValue]())
        for field in fields {
            if let name = String(validating: field.name, as: UTF8.self) {
                named.append(.init(key: name, value: value(of: field.value)))
            } else {
                others.append(.array([value(of: field.name), value(of: field.value)]))
            }
        }
        var members: [JSONValue.Member] = [
            .init(key: "id", value: .string(letter.id.description)),
            .init(key: "buried", value: .number(letter.buried)),
            .init(key: "fields", value: .object(named)),
        ]
        if !others.isEmpty { members.append(.init(key: "others", value: .array(others))) }
        return JSONValue.object(members).text
    }

    /// Why a line is no dead letter: half a sentence.
    public struct Mistake: Error, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// Reads what ``text(of:)`` writes.
    public static func letter(in line: some Collection<UInt8>) throws(Mistake) -> DeadLetter {
        guard let json = JSONValue(parsing: line) else { throw Mistake(description: "it is not JSON") }
        guard case .object(let members) = json else { throw Mistake(description: "it is no JSON object") }
        let known = ["id", "buried", "fields", "others"]
        if let other = members.first(where: { !known.contains($0.key) }) {
            throw Mistake(description: "'\(other.key)' is not one of \(known.joined(separator: ", "))")
        }
        guard case .string(let text)? = json[["id"]], let id = LetterID(text), isMember(id.member) else {
            throw Mistake(description: "'id' is not the id of a dead letter, QUEUE:TOKEN")
        }
        guard case .number(let buried)? = json[["buried"]], let time = Int(buried),
            (0...mostMilliseconds).contains(time)
        else { throw Mistake(description: "'buried' is no time in milliseconds since 1970") }
        let list = try fields(json[["fields"]]) + others(json[["others"]])
        guard Set(list.map(\.name)).count == list.count else {
            throw Mistake(description: "a field stands there twice")
        }
        guard list.allSatisfy({ !numbers.contains(String(decoding: $0.name, as: UTF8.self)) || isNumber($0.value) })
        else {
            throw Mistake(description: "one of \(numbers.sorted().joined(separator: ", ")) is no number")
        }
        return DeadLetter(id: id, buried: buried, fields: LetterFields(list))
    }

    private static let mostMilliseconds = 9_007_199_254_740_991
    private static let numbers: Set = ["attempt", "buried", "enqueued", "replays"]

    private static func isNumber(_ bytes: [UInt8]) -> Bool {
        Int(String(decoding: bytes, as: UTF8.self)).map { (0...mostMilliseconds).contains($0) } ?? false
    }

    /// Letters, digits, `-`, `_` and `.`.
    private static func isMember(_ text: String) -> Bool {
        (1...1000).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
    }

    private static func fields(_ value: JSONValue?) throws(Mistake) -> [LetterFields.Field] {
        guard case .object(let members)? = value else { throw Mistake(description: "'fields' is no object") }
        var fields: [LetterFields.Field] = []
        for member in members { fields.append(.init(name: Array(member.key.utf8), value: try bytes(of: member.value))) }
        return fields
    }

    private static func others(_ value: JSONValue?) throws(Mistake) -> [LetterFields.Field] {
        guard let value else { return [] }
        guard case .array(let pairs) = value else { throw Mistake(description: "'others' is no list") }
        var fields: [LetterFields.Field] = []
        for pair in pairs {
            guard case .array(let parts) = pair, parts.count == 2 else {
                throw Mistake(description: "'others' is no list of pairs")
            }
            fields.append(.init(name: try bytes(of: parts[0]), value: try bytes(of: parts[1])))
        }
        return fields
    }

    private static func value(of bytes: [UInt8]) -> JSONValue {
        if let text = String(validating: bytes, as: UTF8.self) { return .string(text) }
        return .object([.init(key: "base64", value: .string(Data(bytes).base64EncodedString()))])
    }

    private static func bytes(of value: JSONValue) throws(Mistake) -> [UInt8] {
        switch value {
        case .string(let text): return Array(text.utf8)
        case .object(let members) where members.count == 1 && members[0].key == "base64":
            guard case .string(let text) = members[0].value, let data = Data(base64Encoded: text) else { break }
            return Array(data)
        default: break
        }
        throw Mistake(description: #"a value is neither text nor {"base64":"…"}"#)
    }
}
