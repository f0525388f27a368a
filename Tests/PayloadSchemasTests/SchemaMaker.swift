import PayloadSchemas
import TestSupport

/// Makes schemas by chance, without formats: of those, other programs need not know what they mean.
struct SchemaMaker {
    var chance: SeededGenerator

    mutating func schema(depth: Int = 0) -> PayloadSchema {
        let made = plain(depth: depth)
        return number(6) == 0 ? made.orNull : made
    }

    private mutating func plain(depth: Int) -> PayloadSchema {
        switch number(depth < 3 ? 12 : 8) {
        case 0: .any
        case 1: .boolean
        case 2: integers()
        case 3: .number()
        case 4: .number(-Double(number(3))...Double(number(3)) / 2)
        case 5: .text()
        case 6: texts()
        case 7: .choice(Array(["a", "b\"", "", "日"].shuffled(using: &chance).prefix(1 + number(4))))
        case 8: .array(of: schema(depth: depth + 1), count: number(2)...(1 + number(3)))
        case 9: .oneOf([integers(), texts(), .array(of: schema(depth: depth + 1))])
        case 10: .map(of: schema(depth: depth + 1))
        default: object(depth: depth)
        }
    }

    private mutating func integers() -> PayloadSchema {
        let least = number(20) - 10
        return .integer(least...(least + number(5)))
    }

    private mutating func texts() -> PayloadSchema {
        let least = number(3)
        return .text(least...(least + number(4)))
    }

    private mutating func object(depth: Int) -> PayloadSchema {
        let names = ["a", "b", "c/~", "d\"", "é"].shuffled(using: &chance).prefix(1 + number(5))
        let properties = names.map { name in property(name, depth: depth) }
        let others: PayloadSchema? = number(3) == 0 ? nil : number(2) == 0 ? .any : schema(depth: depth + 1)
        // Rules about what may be left out can always be satisfied.
        let free = properties.filter { !$0.isRequired && $0.schema.isNullable }.map(\.name)
        var rules: [FieldRule] = []
        if free.count > 1 {
            let forms = [FieldRule.Form(has: [free[0]], lacks: [free[1]]), FieldRule.Form(has: [free[1]])]
            rules.append(FieldRule("needs one", forms))
        }
        return .object(nil, properties, others: others, rules: rules)
    }

    private mutating func property(_ name: String, depth: Int) -> Property {
        switch number(6) {
        case 0: .forbidden(name)
        case 1, 2: .required(name, schema(depth: depth + 1))
        default: .optional(name, schema(depth: depth + 1))
        }
    }

    /// The same but in one place, so that its values nearly fit the first.
    mutating func variant(of schema: PayloadSchema, depth: Int = 0) -> PayloadSchema {
        switch schema.kind {
        case .integer(let range): return .integer((range.lowerBound - 1)...(range.upperBound + 1))
        case .number(let range?): return .number((range.lowerBound - 1)...(range.upperBound + 1))
        case .text(let rules): return .text(max(0, rules.count.lowerBound - 1)...rules.count.upperBound).orNull
        case .choice(let texts): return .choice(texts + ["else"])
        case .array(let element, let count):
            return number(2) == 0
                ? .array(of: element, count: 0...(count.upperBound == .max ? .max : count.upperBound + 1))
                : .array(of: variant(of: element, depth: depth + 1), count: count)
        case .object(let rules): return variant(of: rules, depth: depth)
        case .oneOf(let options): return variant(of: options.randomElement(using: &chance)!, depth: depth)
        default: return self.schema(depth: 3)
        }
    }

    private mutating func variant(of rules: ObjectRules, depth: Int) -> PayloadSchema {
        var properties = rules.properties
        guard let place = properties.indices.randomElement(using: &chance) else {
            return .object(nil, [], others: rules.others.map { variant(of: $0, depth: depth + 1) } ?? .any)
        }
        let old = properties[place]
        properties[place] =
            switch number(3) {
            case 0: .optional(old.name, old.schema.kind == .never ? .any : old.schema)
            case 1: .optional(old.name, variant(of: old.schema, depth: depth + 1))
            default: .required(old.name, variant(of: old.schema, depth: depth + 1))
            }
        let keepsRules = number(2) == 0 && !properties[place].isRequired
        return .object(
            nil, properties, others: number(2) == 0 ? .any : rules.others, rules: keepsRules ? rules.rules : [])
    }

    private mutating func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &chance) }
}
