"""Jupyter's own kernel tests, run on Sightline by jupyter-kernel-test.test.ts."""

import unittest

import jupyter_kernel_test


class SightlineKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "sightline"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = 'console.log("hello, world")'
    code_stderr = 'console.error("oops")'
    completion_samples = [
        {"text": "globalThis.encodeURIC", "matches": ["encodeURIComponent"]},
        {"text": "conso", "matches": ["console"]},
        {"text": "Math.flo", "matches": ["floor"]},
        {"text": '"é𝒳"; JSON.pars', "matches": ["parse"]},
    ]
    complete_code_samples = [
        "1 + 1",
        "function f(a: number) { return a; }",
        "const a = [1,\n  2];",
        "await x",
        "enum E { A }",
    ]
    incomplete_code_samples = ["function f() {", "foo(1,", "const a =", "`abc", "/* abc", "[1, 2"]
    invalid_code_samples = ["const = 5", "let x = ;\n1", "a b c", ")"]
    code_generate_error = 'throw new Error("no")'
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": "6 * 7", "result": "42"},
        {"code": "[1, 2].map(x => x * 2)", "result": "[ 2, 4 ]"},
        {"code": "await Promise.resolve(\"a\")", "result": "'a'"},
    ]
    code_display_data = [
        {"code": "display(html`<b>x</b>`)", "mime": "text/html"},
        {"code": "display(md`# x`)", "mime": "text/markdown"},
        {"code": "display(svg`<svg/>`)", "mime": "image/svg+xml"},
    ]
    code_history_pattern = "1?+*1"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "JSON.stringify"


if __name__ == "__main__":
    unittest.main()
