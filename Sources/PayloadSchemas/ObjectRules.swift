/// What an object must be.
public struct ObjectRules: Sendable, Equatable {
    static let mostProperties = 64

    public let properties: [Property]
    /// Of the keys that are not named; nil where there may be none.
    public let others: PayloadSchema?
    public let rules: [FieldRule]
    /// Bits, by the places of the properties.
    let required: UInt64
    let masks: [[FormMask]]

    init(_ properties: [Property], others: PayloadSchema?, rules: [FieldRule]) {
        let names = properties.map(\.name)
        precondition(names.count <= Self.mostProperties && Set(names).count == names.count, "a property named twice")
        (self.properties, self.others, self.rules) = (properties, others, rules)
        required = FormMask.bits(properties.filter(\.isRequired).map(\.name), of: names)
        masks = rules.map { rule in
            rule.forms.map { form in
                FormMask(has: FormMask.bits(form.has, of: names), lacks: FormMask.bits(form.lacks, of: names))
            }
        }
    }

    /// What every object keeps.
    static let none = ObjectRules([], others: .any, rules: [])

    func place(of key: some Collection<UInt8>) -> Int? {
        properties.firstIndex { $0.bytes.count == key.count && $0.bytes.elementsEqual(key) }
    }
}

/// A ``FieldRule/Form`` as bits of properties.
struct FormMask: Sendable, Equatable {
    let has: UInt64
    let lacks: UInt64

    func fits(_ given: UInt64) -> Bool { given & has == has && given & lacks == 0 }

    static func bits(_ chosen: [String], of names: [String]) -> UInt64 {
        chosen.reduce(0) { bits, name in
            guard let place = names.firstIndex(of: name) else { preconditionFailure("no property \(name)") }
            return bits | 1 << UInt64(place)
        }
    }
}
