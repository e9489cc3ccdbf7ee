"""Refusals of the estates room: why a file cannot be applied, or a batch not be undone."""

from assemblies.foundation.refusals import Incomplete, WrongStep


class RowsRefused(Incomplete):
    """Some rows of the file cannot be taken in, so none is."""

    said = "文件里还有不能导入的行。请在文件里改好，再重新上传。"


class QuestionsOpen(Incomplete):
    """Something doubtful waits for the clerk's word."""

    said = "还有需要您确认的内容。请逐项核对并打勾，再导入。"


class NothingToDo(Incomplete):
    """The file says what the register says already."""

    said = "文件内容与现有名册完全一致，没有需要导入的内容。"


class BatchSettled(WrongStep):
    """The batch was applied, undone or given up already."""

    said = "这一批已经办理完毕，不能再办。"


class BatchInUse(WrongStep):
    """Something has been built upon the batch, so it cannot be undone."""

    said = "这一批导入已经有后续内容依赖它，不能整批撤销。"


class PartInUse(WrongStep):
    """An item of an assembly names the part, so it cannot be taken away."""

    said = "有会议的表决事项指定了这一处，不能删除。"
