public import Sealing

extension DeadLetter {
    /// With what of it can be opened; the rest stays sealed.
    public func revealed(by vault: PayloadVault) -> DeadLetter {
        let fields = fields.list.map { field in
            LetterFields.Field(
                name: field.name,
                value: vault.revealed(String(decoding: field.name, as: UTF8.self), field.value, of: type))
        }
        return DeadLetter(id: id, buried: buried, fields: LetterFields(fields))
    }

    /// Whether its payload cannot be read as it is.
    public var isSealed: Bool { PayloadVault.isSealed(args) }
}
