"""`python -m assemblies.cli COMMAND`."""

import sys

PARTS_MISSING = """\
众决：缺少生成文件所需的系统组件（{}）。请先运行：
sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"""

try:
    from assemblies.cli.commands import main
except OSError as error:  # WeasyPrint looks for its libraries when it is imported
    sys.exit(PARTS_MISSING.format(str(error).splitlines()[0]))

if __name__ == "__main__":
    sys.exit(main())
