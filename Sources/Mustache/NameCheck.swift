/// Walks a template with the data, through its sections whether they open for it or not.
///
/// A section over a list is checked with the first item.
struct NameCheck {
    private(set) var unknown: [MustacheUnknownName] = []
    private var contexts: ContextStack
    private let partials: [String: MustacheTemplate]
    /// The partials that lead here, so that one that includes itself ends.
    private var partialNames: [String] = []

    init(contexts: [MustacheValue], partials: [String: MustacheTemplate]) {
        self.contexts = ContextStack(contexts)
        self.partials = partials
    }

    mutating func run(_ template: MustacheTemplate) { run(template, template.program.indices) }

    private mutating func run(_ template: MustacheTemplate, _ steps: Range<Int>) {
        var step = steps.lowerBound
        while step < steps.upperBound {
            let body = step + 1
            switch template.program[step] {
            case .text, .lineStart: step = body
            case .value(let path, _):
                _ = find(path, template, step)
                step = body
            case .section(let path, let end):
                section(find(path, template, step), template, body..<end)
                step = end
            case .inverted(let path, let end):
                _ = find(path, template, step)
                run(template, body..<end)
                step = end
            case .partial(let name, _):
                include(name)
                step = body
            }
        }
    }

    private mutating func find(_ path: Path, _ template: MustacheTemplate, _ step: Int) -> MustacheValue? {
        let value = contexts.lookUp(path)
        if value == nil {
            let name = MustacheUnknownName(name: "\(path)", line: template.line(of: step), partial: partialNames.last)
            if !unknown.contains(name) { unknown.append(name) }
        }
        return value
    }

    private mutating func section(_ value: MustacheValue?, _ template: MustacheTemplate, _ body: Range<Int>) {
        guard let value else { return run(template, body) }
        if case .list(let items) = value {
            guard let first = items.first else { return }
            contexts.push(first)
        } else {
            contexts.push(value)
        }
        run(template, body)
        contexts.pop()
    }

    private mutating func include(_ name: String) {
        guard let partial = partials[name], !partialNames.contains(name) else { return }
        partialNames.append(name)
        run(partial)
        partialNames.removeLast()
    }
}
