/// The fields of a `message/delivery-status` part (RFC 3464 §2): those of the message, then those of each recipient.
struct DeliveryStatusFields {
    private var groups: [HeaderFields] = []

    init(_ lines: [MailLines.Line]) {
        var rest = lines[...]
        while !rest.isEmpty {
            let (fields, count) = HeaderFields.read(rest)
            rest = rest.dropFirst(count)
            if !fields.isEmpty { groups.append(fields) }
        }
    }

    /// Servers that leave out the empty line after the message's fields have them all in one group.
    var reports: [DeliveryReport] { groups.compactMap(Self.report) }

    private static func report(_ fields: HeaderFields) -> DeliveryReport? {
        let names = ["original-recipient", "final-recipient"].compactMap { name in
            fields[name].flatMap { MailboxText.address($0) }
        }
        guard !names.isEmpty, let kind = kind(fields) else { return nil }
        let addresses = names.flatMap { [$0] + (MailboxText.undoingXtext($0).map { [$0] } ?? []) }
        let diagnosis = fields["diagnostic-code"].map { Diagnosis($0) }
        return DeliveryReport(
            kind, recipients: addresses, messageID: nil, status: status(fields, diagnosis),
            reason: diagnosis?.reason ?? fields["status"].flatMap { MailLines.sentence("Status \($0)") })
    }

    /// The action, or what the status says where there is none.
    private static func kind(_ fields: HeaderFields) -> DeliveryReport.Kind? {
        switch fields.kind(of: "action")?.prefix(while: \.isLetter) {
        case "failed": .bounced
        case "delayed": .delayed
        case "delivered", "relayed", "expanded": .delivered
        default:
            switch fields["status"].flatMap({ EnhancedStatus($0) })?.category {
            case 5: .bounced
            case 4: .delayed
            default: nil
            }
        }
    }

    /// What the server said where it says more than the field, as when a gateway writes 5.0.0.
    private static func status(_ fields: HeaderFields, _ diagnosis: Diagnosis?) -> EnhancedStatus? {
        guard let status = fields["status"].flatMap({ EnhancedStatus($0) }), !status.isGeneral else {
            return diagnosis?.status ?? fields["status"].flatMap { EnhancedStatus($0) }
        }
        return status
    }
}
