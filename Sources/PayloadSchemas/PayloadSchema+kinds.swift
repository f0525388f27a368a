extension PayloadSchema {
    public static let any = PayloadSchema(.any)
    public static let null = PayloadSchema(.null)
    public static let boolean = PayloadSchema(.boolean)

    public static func integer(_ range: ClosedRange<Int> = Int.min...Int.max) -> PayloadSchema {
        PayloadSchema(.integer(range))
    }

    public static func number(_ range: ClosedRange<Double>? = nil) -> PayloadSchema { PayloadSchema(.number(range)) }

    /// - Parameter count: of characters, as Unicode counts them (scalars).
    public static func text(_ count: ClosedRange<Int> = TextRules.anyCount) -> PayloadSchema {
        PayloadSchema(.text(TextRules(count: count, format: nil)))
    }

    public static func text(
        _ format: TextFormat, _ count: ClosedRange<Int> = TextRules.anyCount
    ) -> PayloadSchema {
        PayloadSchema(.text(TextRules(count: count, format: format)))
    }

    public static func choice(_ texts: [String]) -> PayloadSchema {
        precondition(!texts.isEmpty && Set(texts).count == texts.count, "a choice of texts that are not all different")
        return PayloadSchema(.choice(texts))
    }

    /// The names of an enumeration.
    public static func choice<Value: RawRepresentable & CaseIterable>(of _: Value.Type) -> PayloadSchema
    where Value.RawValue == String {
        .choice(Value.allCases.map(\.rawValue))
    }

    public static func array(of element: PayloadSchema, count: ClosedRange<Int> = 0...Int.max) -> PayloadSchema {
        precondition(count.lowerBound >= 0, "an array of fewer elements than none")
        return PayloadSchema(.array(of: element, count: count))
    }

    /// - Parameters:
    ///   - others: of the keys that are not named: any by default, as decoders pass them over; nil where there may be none.
    ///   - rules: what holds between properties.
    public static func object(
        _ description: String? = nil, _ properties: [Property], others: PayloadSchema? = .any,
        rules: [FieldRule] = []
    ) -> PayloadSchema {
        PayloadSchema(.object(ObjectRules(properties, others: others, rules: rules)), description)
    }

    /// An object of which any key has such a value.
    public static func map(of value: PayloadSchema) -> PayloadSchema { .object(nil, [], others: value) }

    public static func oneOf(_ options: [PayloadSchema]) -> PayloadSchema {
        let shapes = options.flatMap(\.shapes)
        precondition(options.count > 1 && Set(shapes).count == shapes.count, "options that look alike in JSON")
        return PayloadSchema(.oneOf(options))
    }
}
