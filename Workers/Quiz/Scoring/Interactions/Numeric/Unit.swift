package import Decimals

/// A unit and how it is converted.
package struct Unit: Codable, Sendable, Equatable {
    /// As learners write it, upper and lower case as here: `cm`.
    package var name: String
    /// How many of the answers' unit one of it is: 0.01 for `cm` where answers are in metres.
    package var factor: Decimal128

    package init(name: String, factor: Decimal128 = 1) {
        self.name = name
        self.factor = factor
    }

    private enum CodingKeys: CodingKey, CaseIterable { case name, factor }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        name = try fields.required(.name)
        factor = try fields.optional(.factor, else: 1)
    }
}
