/// A key of an object, and what its value may be.
public struct Property: Sendable, Equatable {
    public let name: String
    public let schema: PayloadSchema
    public let isRequired: Bool
    let bytes: [UInt8]

    private init(_ name: String, _ schema: PayloadSchema, isRequired: Bool) {
        (self.name, self.schema, self.isRequired, bytes) = (name, schema, isRequired, Array(name.utf8))
    }

    public static func required(_ name: String, _ schema: PayloadSchema, _ description: String? = nil) -> Property {
        Property(name, description.map(schema.described) ?? schema, isRequired: true)
    }

    /// May be left out, or be null.
    public static func optional(_ name: String, _ schema: PayloadSchema, _ description: String? = nil) -> Property {
        Property(name, (description.map(schema.described) ?? schema).orNull, isRequired: false)
    }

    /// Must be left out, though other keys that are not named need not.
    public static func forbidden(_ name: String) -> Property {
        Property(name, PayloadSchema(.never), isRequired: false)
    }
}
