import FoundationEssentials
public import Jobs
import Schedules

extension Configuration {
    /// Decodes a domain's section of `workers`; without one, `Section()` holds.
    ///
    /// The section decodes itself, so a key that may be left out must be optional for its `init(from:)`.
    /// - Throws: every key that is not one of `Section.keys`, and the first value that does not decode.
    public func settings<Section: DomainSettings>(
        for domain: String, as: Section.Type
    ) throws(ConfigurationError) -> Section {
        guard case .object(let members)? = sections[domain] else { return Section() }
        let findings = Findings(source)
        let object = SettingsObject(path: ["workers", domain], members: members, findings: findings)
        object.refuseUnknown(Section.keys, "a setting of workers.\(domain)")
        let section: Section? = decode(at: object.path, findings: findings)
        try findings.throwIfAny()
        return section ?? Section()
    }

    /// Refuses policies and schedules for a job type that no worker has, most likely a misspelt name: the policy would
    /// silently do nothing, the jobs of the schedule would wait in vain. And schedules whose args their type cannot read:
    /// each of their jobs would be a dead letter.
    /// - Parameter registry: every job type there is, once all domains are registered.
    /// - Throws: every such policy and schedule, with its line.
    public func check(against registry: JobRegistry) throws(ConfigurationError) {
        let names = Names(registry.jobs.keys.map(\.name).sorted())
        let findings = Findings(source)
        for type in policies.keys where registry[type] == nil {
            findings.add(names.refusal(of: type.name, as: "a job type"), at: ["policies", type.name])
        }
        for schedule in schedules.values {
            let path = ["schedules", schedule.name]
            if let job = registry[schedule.type] {
                Self.check(schedule, at: path + ["args"], as: job, findings)
            } else {
                findings.add(names.refusal(of: schedule.type.name, as: "a job type"), at: path + ["type"])
            }
        }
        try findings.throwIfAny()
    }

    private static func check(
        _ schedule: Schedule, at path: SettingPath, as job: RegisteredJob, _ findings: Findings
    ) {
        do throws(UndecodablePayload) { try job.validate(schedule.args[...]) } catch {
            return findings.add("'args' are none of a job '\(job.type)': \(error.reason)", at: path)
        }
        for violation in job.payloadSchema.violations(in: schedule.args) {
            findings.add("'args' are none of a job '\(job.type)': \(violation).", at: path)
        }
    }

    private func decode<Section: Decodable>(at path: SettingPath, findings: Findings) -> Section? {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        do {
            return try decoder.decode(Section.self, from: Data(source.text(of: path)))
        } catch {
            let (inner, message) = Self.explain(error)
            findings.add(message, at: path + inner)
            return nil
        }
    }

    /// Where inside the section a value does not decode, and why. Never the value itself: it may be a secret.
    private static func explain(_ error: any Error) -> (SettingPath, String) {
        switch error {
        case DecodingError.keyNotFound(let key, let context):
            (path(context), "'\(key.stringValue)' is missing; add it.")
        case DecodingError.typeMismatch(let type, let context), DecodingError.valueNotFound(let type, let context):
            (path(context), "'\(name(context))' has the wrong type; write \(wanted(type)).")
        case DecodingError.dataCorrupted(let context):
            (path(context), "'\(name(context))' \(refusal(context.debugDescription))")
        default:
            ([], "this section is refused: \(error)")
        }
    }

    /// What the domain says of a value, except where the standard library speaks for it: that quotes the value.
    private static func refusal(_ reason: String) -> String {
        reason.hasPrefix("Cannot initialize")
            ? "is none of the values it may have; choose another." : "is refused: \(reason)"
    }

    private static func path(_ context: DecodingError.Context) -> SettingPath {
        context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    }

    private static func name(_ context: DecodingError.Context) -> String {
        path(context).last ?? "workers"
    }

    private static func wanted(_ type: any Any.Type) -> String {
        switch type {
        case is String.Type: "text in quotes"
        case is Bool.Type: "true or false"
        case is any FixedWidthInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is [Any].Type: "a list in [ ]"
        case is [String: Any].Type: "an object in { }"
        default: "a value of the kind \(type)"
        }
    }
}
