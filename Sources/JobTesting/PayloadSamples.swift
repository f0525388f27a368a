public import Jobs

/// Payloads that a schema accepts, without an end, by chance that is the same for the same seed: for a test that the type
/// decodes them all.
///
///     for args in PayloadSamples(of: SendReceipt.payloadSchema).prefix(500) { try job.validate(args[...]) }
public struct PayloadSamples: Sequence, IteratorProtocol {
    private let schema: PayloadSchema
    private var chance: Chance

    public init(of schema: PayloadSchema, seed: UInt64 = 0) {
        (self.schema, chance) = (schema, Chance(state: seed))
    }

    public mutating func next() -> [UInt8]? { Array(value(schema, depth: 0).utf8) }

    private mutating func value(_ schema: PayloadSchema, depth: Int, mayBeNull: Bool = true) -> String {
        if mayBeNull, schema.isNullable, chance.is(1, of: 8) { return "null" }
        switch schema.kind {
        case .any where mayBeNull && chance.is(1, of: 8): return "null"
        case .any: return chance.pick(["true", "-0.5e1", "\"a\"", "[1,{}]", "{\"a\":[]}"])
        case .never, .null: return "null"
        case .boolean: return chance.pick(["true", "false"])
        case .integer(let range): return integer(range)
        case .number(let range): return number(range ?? -1e9...1e9)
        case .text(let rules): return Self.json(text(rules))
        case .choice(let texts): return Self.json(chance.pick(texts))
        case .array(let element, let count):
            let spare = depth < 4 ? Int.random(in: 0...3, using: &chance) : 0
            let length = Swift.min(count.upperBound, count.lowerBound + spare)
            return "[" + (0..<length).map { _ in value(element, depth: depth + 1) }.joined(separator: ",") + "]"
        case .object(let rules): return object(rules, depth: depth)
        case .oneOf(let options): return value(chance.pick(options), depth: depth, mayBeNull: mayBeNull)
        }
    }

    private mutating func integer(_ range: ClosedRange<Int>) -> String {
        let number = chance.is(1, of: 4) ? chance.pick([range.lowerBound, range.upperBound]) : near(range)
        return chance.is(1, of: 8) && (-1000...1000).contains(number) ? "\(number).0" : "\(number)"
    }

    private mutating func near(_ range: ClosedRange<Int>) -> Int {
        let most =
            range.lowerBound < .max - 1000 ? Swift.min(range.upperBound, range.lowerBound + 1000) : range.upperBound
        return Int.random(in: range.lowerBound...most, using: &chance)
    }

    private mutating func number(_ range: ClosedRange<Double>) -> String {
        let number =
            chance.is(1, of: 4)
            ? chance.pick([range.lowerBound, range.upperBound]) : Double.random(in: range, using: &chance)
        return "\(number)"
    }

    private mutating func text(_ rules: TextRules) -> String {
        if let format = rules.format { return chance.pick(format.examples) }
        let most = Swift.min(rules.count.upperBound, rules.count.lowerBound.addingReportingOverflow(8).partialValue)
        let count = Int.random(in: rules.count.lowerBound...most, using: &chance)
        let letters: [Unicode.Scalar] = ["a", "Z", "0", " ", "é", "日", "😀", "\"", "\\", "\n", "/"]
        return (0..<count).reduce(into: "") { text, _ in text.unicodeScalars.append(chance.pick(letters)) }
    }

    private static func json(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "\"") { json, scalar in
            switch scalar {
            case "\"", "\\": json += "\\\(scalar)"
            case "\n": json += "\\n"
            default: json.unicodeScalars.append(scalar)
            }
        } + "\""
    }
}

// MARK: - Objects

extension PayloadSamples {
    private mutating func object(_ rules: ObjectRules, depth: Int) -> String {
        let (given, null) = properties(rules, depth: depth)
        var members: [String] = []
        for property in rules.properties where given.contains(property.name) || null.contains(property.name) {
            let text =
                null.contains(property.name) ? "null" : value(property.schema, depth: depth + 1, mayBeNull: false)
            members.append("\(Self.json(property.name)):\(text)")
        }
        if let others = rules.others, chance.is(1, of: 2) || rules.properties.isEmpty {
            members.append("\"x-other\":\(value(others, depth: depth + 1))")
        }
        return "{" + members.shuffled(using: &chance).joined(separator: ",") + "}"
    }

    /// Which are there, and which are null, as the rules between them ask for.
    private mutating func properties(_ rules: ObjectRules, depth: Int) -> (given: Set<String>, null: Set<String>) {
        for _ in 0..<1000 {
            var (given, null): (Set<String>, Set<String>) = ([], [])
            for property in rules.properties where property.schema.kind != .never {
                if property.isRequired || (depth < 4 && chance.is(1, of: 3)) { given.insert(property.name) }
            }
            for rule in rules.rules {
                let form = chance.pick(rule.forms)
                given.formUnion(form.has)
                given.subtract(form.lacks)
            }
            for property in rules.properties
            where property.schema.isNullable && !given.contains(property.name) && chance.is(1, of: 8) {
                null.insert(property.name)
            }
            if rules.isSatisfied(by: given) { return (given, null) }
        }
        preconditionFailure("rules that hardly any object satisfies")
    }
}

extension ObjectRules {
    fileprivate func isSatisfied(by given: Set<String>) -> Bool {
        properties.allSatisfy { !$0.isRequired || given.contains($0.name) }
            && rules.allSatisfy { rule in
                rule.forms.contains { given.isSuperset(of: $0.has) && given.isDisjoint(with: $0.lacks) }
            }
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
private struct Chance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func `is`(_ part: Int, of whole: Int) -> Bool { Int.random(in: 0..<whole, using: &self) < part }

    mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: choices.indices, using: &self)]
    }
}
