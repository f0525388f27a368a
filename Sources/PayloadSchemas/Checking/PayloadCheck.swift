/// Goes through a payload and its schema side by side.
struct PayloadCheck {
    /// Ends the check before the payload does.
    private enum Stop: Error {
        case invalid(InvalidJSON)
        /// There are violations enough.
        case enough
    }

    /// Where in the payload the check is.
    private enum Step {
        case key(TextSpan)
        case index(Int)
    }

    private static let mostKeyBytes = 100

    private let limits: PayloadLimits
    private var cursor: JSONCursor
    private var path: [Step] = []
    private var keys = KeyList()
    private var violations: [PayloadViolation] = []

    init(_ payload: [UInt8], _ limits: PayloadLimits) {
        cursor = JSONCursor(payload)
        self.limits = limits
    }

    mutating func run(_ schema: PayloadSchema) -> [PayloadViolation] {
        guard cursor.bytes.count <= limits.bytes else { return [whole("is larger than \(limits.bytes) bytes")] }
        guard (try? UTF8Span(validating: cursor.bytes.span)) != nil else { return [whole("is not in UTF-8")] }
        do throws(Stop) {
            try value(schema)
            cursor.skipSpace()
            guard cursor.isAtEnd else { throw .invalid(cursor.failure("goes on after its end")) }
        } catch {
            if case .invalid(let error) = error {
                return [whole("is not JSON: it \(error.problem), at byte \(error.place)")]
            }
        }
        return violations
    }

    private func whole(_ problem: String) -> PayloadViolation { PayloadViolation(pointer: "", problem: problem) }

    /// - Parameter schema: nil for what nobody asks for; it must be JSON all the same.
    private mutating func value(_ schema: PayloadSchema?) throws(Stop) {
        let first = try read { cursor throws(InvalidJSON) in try cursor.next() }
        let shape = Self.shape(first)
        let kind = try kind(schema, of: shape)
        switch shape {
        case .text: try text(kind)
        case .object: try object(kind)
        case .array: try array(kind)
        case .number: try number(kind)
        case .null: try read { cursor throws(InvalidJSON) in try cursor.word("null") }
        case .boolean where first == UInt8(ascii: "t"):
            try read { cursor throws(InvalidJSON) in try cursor.word("true") }
        case .boolean: try read { cursor throws(InvalidJSON) in try cursor.word("false") }
        }
    }

    /// What is asked of a value of this shape; nil where nothing is, or it is wrong already.
    private mutating func kind(_ schema: PayloadSchema?, of shape: JSONShape) throws(Stop) -> PayloadSchema.Kind? {
        guard let schema else { return nil }
        if case .any = schema.kind { return nil }
        if case .never = schema.kind {
            try complain("must be left out")
            return nil
        }
        if shape == .null, schema.isNullable { return nil }
        if case .oneOf(let options) = schema.kind, let option = options.first(where: { $0.takes(shape) }) {
            return try kind(option, of: shape)
        }
        guard schema.takes(shape) else {
            try complain("must be \(schema.title)")
            return nil
        }
        return schema.kind
    }

    private static func shape(_ byte: UInt8) -> JSONShape {
        switch byte {
        case UInt8(ascii: "\""): .text
        case UInt8(ascii: "{"): .object
        case UInt8(ascii: "["): .array
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }
}

// MARK: - Scalars

extension PayloadCheck {
    private mutating func text(_ kind: PayloadSchema.Kind?) throws(Stop) {
        let span = try read { cursor throws(InvalidJSON) in try cursor.string() }
        switch kind {
        case .text(let rules):
            guard rules.count.contains(span.count) else {
                return try complain("must have \(Self.count(rules.count, "character"))")
            }
            guard let format = rules.format, !format.accepts(cursor.text(span)) else { return }
            try complain("must be \(format.title)")
        case .choice(let texts):
            let text = cursor.unescaped(span)
            guard !texts.contains(where: { $0.utf8.elementsEqual(text) }) else { return }
            try complain("must be one of \(texts.joined(separator: ", "))")
        default: return
        }
    }

    private mutating func number(_ kind: PayloadSchema.Kind?) throws(Stop) {
        let number = try read { cursor throws(InvalidJSON) in try cursor.number() }
        switch kind {
        case .integer(let range):
            switch number.whole {
            case .exactly(let value) where range.contains(value): return
            case .not: try complain("must be a whole number")
            default: try complain("must be from \(range.lowerBound) to \(range.upperBound)")
            }
        case .number(let range?):
            guard let value = number.double, range.contains(value) else {
                return try complain("must be from \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))")
            }
        default:
            if !number.isFinite { try complain("is a number that is too large to be read") }
        }
    }

    private static func short(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }

    private static func count(_ range: ClosedRange<Int>, _ noun: String) -> String {
        let (least, most) = (range.lowerBound, range.upperBound)
        let plural = (most == .max ? least : most) == 1 ? noun : noun + "s"
        if most == .max { return "at least \(least) \(plural)" }
        if least == 0 { return "at most \(most) \(plural)" }
        return (least == most ? "\(least) " : "\(least) to \(most) ") + plural
    }
}

// MARK: - Arrays and objects

extension PayloadCheck {
    private mutating func array(_ kind: PayloadSchema.Kind?) throws(Stop) {
        try open()
        var rules: (element: PayloadSchema, count: ClosedRange<Int>)?
        if case .array(let element, let count) = kind { rules = (element, count) }
        var count = 0
        if try !skip(UInt8(ascii: "]")) {
            repeat {
                // Of those that are too many nobody wants to know what is wrong with them.
                let isCounted = rules.map { count < $0.count.upperBound } ?? false
                try inside(.index(count), isCounted ? rules?.element : nil)
                count += 1
            } while try goesOn(until: UInt8(ascii: "]"))
        }
        guard let rules, !rules.count.contains(count) else { return }
        try complain("must have \(Self.count(rules.count, "element"))")
    }

    private mutating func object(_ kind: PayloadSchema.Kind?) throws(Stop) {
        guard case .object(let rules) = kind else { return try object(ObjectRules.none) }
        try object(rules)
    }

    private mutating func object(_ rules: ObjectRules) throws(Stop) {
        try open()
        let firstKey = keys.count
        // Bits, by the places of the properties: those that are there, and those of them that are not null.
        var (found, given): (UInt64, UInt64) = (0, 0)
        if try !skip(UInt8(ascii: "}")) {
            repeat {
                let key = try key()
                let text = cursor.unescaped(key)
                let place = rules.place(of: text)
                let isNull = try read { cursor throws(InvalidJSON) in try cursor.next() } == UInt8(ascii: "n")
                guard let place else {
                    keys.add(key, text)
                    try other(key, rules)
                    continue
                }
                let bit: UInt64 = 1 << UInt64(place)
                if found & bit != 0 { try complain("stands twice in its object", below: .key(key)) }
                found |= bit
                if !isNull { given |= bit }
                try inside(.key(key), rules.properties[place].schema)
            } while try goesOn(until: UInt8(ascii: "}"))
        }
        if let key = keys.removeAll(from: firstKey, { cursor.unescaped($0) }) {
            try complain("stands twice in its object", below: .key(key))
        }
        try check(rules, found, given)
    }

    /// A key that is not named.
    private mutating func other(_ key: TextSpan, _ rules: ObjectRules) throws(Stop) {
        if rules.others == nil {
            let names = rules.properties.filter { $0.schema.kind != .never }.map(\.name).joined(separator: ", ")
            try complain(
                names.isEmpty ? "must be left out" : "is not known; there may be \(names)", below: .key(key))
        }
        try inside(.key(key), rules.others)
    }

    private mutating func check(_ rules: ObjectRules, _ found: UInt64, _ given: UInt64) throws(Stop) {
        let missing = rules.required & ~found
        for (place, property) in rules.properties.enumerated() where missing & 1 << UInt64(place) != 0 {
            try complain("is missing", at: pointer + "/" + Self.escaped(property.name))
        }
        guard missing == 0 else { return }
        for (rule, masks) in zip(rules.rules, rules.masks) where !masks.contains(where: { $0.fits(given) }) {
            try complain(rule.sentence)
        }
    }

    private mutating func key() throws(Stop) -> TextSpan {
        try read { cursor throws(InvalidJSON) in
            guard try cursor.next() == UInt8(ascii: "\"") else { throw cursor.failure("has a key that is no text") }
            let key = try cursor.string()
            try cursor.expect(UInt8(ascii: ":"), "has a key without a colon behind it")
            return key
        }
    }

    private mutating func inside(_ step: Step, _ schema: PayloadSchema?) throws(Stop) {
        path.append(step)
        try value(schema)
        path.removeLast()
    }

    private mutating func open() throws(Stop) {
        guard path.count < limits.depth else {
            throw .invalid(cursor.failure("has more than \(limits.depth) arrays and objects in each other"))
        }
        cursor.place += 1
    }

    private mutating func skip(_ byte: UInt8) throws(Stop) -> Bool {
        try read { cursor throws(InvalidJSON) in try cursor.skip(byte) }
    }

    /// Reads the comma before another element (true) or the end of the container (false).
    private mutating func goesOn(until end: UInt8) throws(Stop) -> Bool {
        if try skip(UInt8(ascii: ",")) { return true }
        try read { cursor throws(InvalidJSON) in try cursor.expect(end, "lacks a comma or a bracket") }
        return false
    }

    private mutating func read<Value>(
        _ body: (inout JSONCursor) throws(InvalidJSON) -> Value
    ) throws(Stop) -> Value {
        do { return try body(&cursor) } catch { throw .invalid(error) }
    }
}

// MARK: - What is wrong

extension PayloadCheck {
    private mutating func complain(_ problem: String, below step: Step? = nil) throws(Stop) {
        try complain(problem, at: pointer + (step.map { "/" + text($0) } ?? ""))
    }

    private mutating func complain(_ problem: String, at pointer: String) throws(Stop) {
        violations.append(PayloadViolation(pointer: pointer, problem: problem))
        guard violations.count < limits.violations else { throw .enough }
    }

    private var pointer: String { path.map { "/" + text($0) }.joined() }

    private func text(_ step: Step) -> String {
        switch step {
        case .index(let index): return "\(index)"
        case .key(let key):
            let text = cursor.text(key)
            guard text.utf8.count > Self.mostKeyBytes else { return Self.escaped(text) }
            return Self.escaped(String(decoding: text.utf8.prefix(Self.mostKeyBytes), as: UTF8.self) + "…")
        }
    }

    private static func escaped(_ key: String) -> String {
        guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return key }
        return key.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
