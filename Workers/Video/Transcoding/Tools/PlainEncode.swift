package import MediaProbe

/// The encoder's command as somebody would type it who wants the same files, with nothing around it: what jobs are
/// measured beside.
package struct PlainEncode: Sendable {
    /// What must be there before it starts, in the folder where it runs.
    package let folders: [String]
    package let arguments: [String]

    package init(of file: String, _ facts: MediaFacts, _ rules: TranscodingRules) {
        var plan = EncodingPlan(facts, rules)
        // Any gain is as much work as the one that would be measured.
        plan.loudness = EncodingPlan.loudnessTarget - 1
        let command = EncodeCommand(plan: plan, preset: rules.preset, threads: rules.threads)
        folders = command.folders
        arguments =
            ["-nostdin", "-v", "warning", "-y", "-threads", String(rules.threads), "-i", file] + command.arguments
    }
}
